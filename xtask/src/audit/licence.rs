//! Whether a licence expression can be met with licences from a list.

/// Reads the SPDX expressions that crates have: names, AND, OR, parentheses, and the slash of old for OR.
pub(super) fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = &words[..];
    any(&mut rest, allowed) == Some(true) && rest.is_empty()
}

/// Terms between OR. `None`: it is no expression.
fn any(rest: &mut &[&str], allowed: &[String]) -> Option<bool> {
    let mut holds = all(rest, allowed)?;
    while let ["OR", after @ ..] = rest {
        *rest = after;
        holds |= all(rest, allowed)?;
    }
    Some(holds)
}

/// Terms between AND.
fn all(rest: &mut &[&str], allowed: &[String]) -> Option<bool> {
    let mut holds = one(rest, allowed)?;
    while let ["AND", after @ ..] = rest {
        *rest = after;
        holds &= one(rest, allowed)?;
    }
    Some(holds)
}

fn one(rest: &mut &[&str], allowed: &[String]) -> Option<bool> {
    let (word, after) = rest.split_first()?;
    *rest = after;
    match *word {
        "(" => {
            let holds = any(rest, allowed)?;
            let (close, after) = rest.split_first()?;
            *rest = after;
            (*close == ")").then_some(holds)
        }
        ")" | "AND" | "OR" | "WITH" => None,
        name => Some(allowed.iter().any(|licence| licence == name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_met_by_what_is_allowed() {
        let allowed = ["MIT", "Unicode-3.0"].map(str::to_string);
        for expression in [
            "MIT",
            "Apache-2.0 OR MIT",
            "MIT/GPL-3.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "GPL-3.0 OR (MIT)",
        ] {
            assert!(is_allowed(expression, &allowed), "{expression}");
        }
        for expression in [
            "",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "GPL-3.0 OR MIT AND GPL-2.0",
            "MIT)",
            "(MIT",
            "MIT OR",
            "mit",
            "MIT WITH a-note",
            "MIT MIT",
        ] {
            assert!(!is_allowed(expression, &allowed), "{expression}");
        }
    }
}
