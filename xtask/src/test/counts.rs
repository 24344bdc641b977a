//! Reads how many tests passed and failed out of what the test runners print.

/// What a runner reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: u64,
    pub(super) failed: u64,
    pub(super) skipped: u64,
}

impl Counts {
    pub(super) const PASSED: Counts = Counts { passed: 1, failed: 0, skipped: 0 };
    pub(super) const FAILED: Counts = Counts { passed: 0, failed: 1, skipped: 0 };

    pub(super) fn plus(self, other: Counts) -> Counts {
        Counts {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

/// The sum of all `test result:` lines, which libtest, doctests and wasm-bindgen-test share.
pub(super) fn of_rust(printed: &str) -> Counts {
    let results = printed.lines().filter_map(|line| line.trim_start().strip_prefix("test result: "));
    results.fold(Counts::default(), |sum, result| {
        // "ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s"
        let count = |what: &str| {
            let part = result.split(['.', ';']).map(str::trim).find(|part| part.ends_with(what));
            part.and_then(|part| part.split(' ').next()).and_then(|number| number.parse().ok()).unwrap_or(0)
        };
        sum.plus(Counts { passed: count(" passed"), failed: count(" failed"), skipped: count(" ignored") })
    })
}

/// The summary of `node --test` in its TAP form. Node counts a file without a test as one that passed; here it
/// failed, as a test that cannot fail is none.
pub(super) fn of_node(tap: &str, files: &[String]) -> Counts {
    let count = |what: &str| -> u64 {
        let lines =
            tap.lines().filter_map(|line| line.strip_prefix("# ")?.strip_prefix(what)?.strip_prefix(' '));
        lines.filter_map(|number| number.parse::<u64>().ok()).next_back().unwrap_or(0)
    };
    let empty = tests_named_as_files(tap, files).count() as u64;
    Counts {
        passed: count("pass").saturating_sub(empty),
        failed: count("fail") + count("cancelled") + empty,
        skipped: count("skipped") + count("todo"),
    }
}

/// The closing line of the matrix of projects: "12 passed, 0 failed", and of those that can't run here.
pub(super) fn of_matrix(printed: &str) -> Counts {
    let last = printed.lines().last().unwrap_or_default();
    let count = |what: &str| {
        let part = last.split(", ").find_map(|part| part.strip_suffix(what));
        part.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    Counts { passed: count("passed"), failed: count("failed"), skipped: count("skipped") }
}

/// Those of the files that hold no test.
pub(super) fn tests_named_as_files<'a>(tap: &'a str, files: &'a [String]) -> impl Iterator<Item = &'a str> {
    let passed =
        tap.lines().filter_map(|line| line.strip_prefix("ok ")?.split_once(" - ")).map(|(_, name)| name);
    // Node names the file by its whole path or by the one it was given; TAP doubles a backslash.
    passed.filter(|name| files.iter().any(|file| name.replace("\\\\", "\\").ends_with(file.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts { passed, failed, skipped }
    }

    #[test]
    fn rust_results_are_summed() {
        let printed = "
     Running unittests src/lib.rs
running 3 tests
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

test result: FAILED. 10 passed; 3 failed; 0 ignored; 0 measured; 7 filtered out; finished in 1.25s
all doctests ran in 0.20s; merged doctests compilation took 0.19s
";
        assert_eq!(of_rust(printed), counts(12, 3, 1));
        assert_eq!(of_rust("error: could not compile"), counts(0, 0, 0));
        assert_eq!(of_rust("I say: test result: ok. 5 passed"), counts(0, 0, 0));
    }

    #[test]
    fn wasm_results_are_read_the_same() {
        let printed = "no tests to run!\nRunning headless tests in Chrome\n\
            test result: ok. 4 passed; 0 failed; 2 ignored; 0 filtered out; finished in 0.01s\n";
        assert_eq!(of_rust(printed), counts(4, 0, 2));
    }

    #[test]
    fn node_results_are_read_from_the_summary() {
        let tap = "TAP version 13\n# Subtest: a\nok 1 - a\n# pass 77\n1..6\n# tests 9\n# suites 1\n# pass 3\n\
            # fail 2\n# cancelled 1\n# skipped 1\n# todo 2\n# duration_ms 229.9\n";
        assert_eq!(of_node(tap, &[]), counts(3, 3, 3));
        assert_eq!(of_node("", &[]), counts(0, 0, 0));
    }

    #[test]
    fn the_matrix_says_its_counts_last() {
        assert_eq!(of_matrix("Vite   yes\n3 passed, 1 failed, 2 skipped\n"), counts(3, 1, 2));
        assert_eq!(of_matrix("12 passed, 0 failed"), counts(12, 0, 0));
        assert_eq!(of_matrix("3 passed, 1 failed\nTypeError"), counts(0, 0, 0));
        assert_eq!(of_matrix(""), counts(0, 0, 0));
    }

    #[test]
    fn a_file_without_tests_has_failed() {
        let tap = "ok 1 - adds\nok 2 - /home/x/pkg/test/empty.test.mjs\n  ok 1 - pkg/test/full.test.mjs\n\
            # pass 3\n# fail 0\n";
        let files = ["pkg/test/empty.test.mjs".to_string(), "pkg/test/full.test.mjs".to_string()];
        assert_eq!(of_node(tap, &files), counts(2, 1, 0));
    }
}
