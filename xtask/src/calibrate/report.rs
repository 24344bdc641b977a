//! How the promises did, in words and tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;

use super::deliveries::{Deliveries, Delivery};
use super::options::Options;
use super::scores::{LEVELS, Method, Promise, Score};

/// By how much a level may miss its share, in all and in a year.
const IN_ALL: f64 = 0.02;
const IN_A_YEAR: f64 = 0.07;

/// A year with fewer deliveries is not held to anything.
pub(crate) const YEAR_AT_LEAST: usize = 200;

/// A group with fewer deliveries is counted with the rest.
const GROUP_AT_LEAST: usize = 50;

/// The levels that are held to their share: P80, P90, P95.
const HELD: Range<usize> = 1..4;

/// What was read.
pub(crate) fn rows(book: &Deliveries, options: &Options) -> String {
    let mut text = format!("{} deliveries", book.deliveries.len());
    if let Some(line) = book.broken.first() {
        let _ = write!(text, "; {} rows are none (the first is line {line})", book.broken.len());
    }
    let _ = write!(
        text,
        "\nEach promised {} days before its scheduled day; the first {} % are not judged.",
        options.ahead_days, options.skip_percent
    );
    text
}

/// Deliveries with what was promised of each.
fn pairs<'a>(
    deliveries: &'a [Delivery],
    method: &'a Method,
    judged: Range<usize>,
) -> impl Iterator<Item = (&'a Delivery, &'a Promise)> + Clone {
    deliveries.iter().zip(&method.promises).skip(judged.start).take(judged.len())
}

fn head(first: &str) -> String {
    format!(
        "{first:<34}{:>5}{:>8}{:>9}{:>8}{:>10}{:>10}{:>10}",
        "", "count", "before %", "by %", "pinball", "promised", "no date %"
    )
}

fn line(name: &str, level: usize, score: &Score) -> String {
    format!(
        "{name:<34}{:>5}{:>8}{:>9.1}{:>8.1}{:>10.2}{:>10.2}{:>10.1}",
        label(level),
        score.count,
        100.0 * score.before,
        100.0 * score.by,
        score.pinball,
        score.promised,
        100.0 * score.without
    )
}

fn label(level: usize) -> String {
    LEVELS.get(level).map_or(String::new(), |p| format!("P{:.0}", 100.0 * p))
}

/// All deliveries, by each way of promising.
pub(crate) fn overall(deliveries: &[Delivery], methods: &[Method], judged: Range<usize>) -> String {
    let mut text = head("In all (days after the scheduled)");
    for level in 0..LEVELS.len() {
        for method in methods {
            let score = Score::of(pairs(deliveries, method, judged.clone()), level);
            let _ = write!(text, "\n{}", line(method.name, level, &score));
        }
    }
    if let Some(learned) = methods.first() {
        let (all, word) = pairs(deliveries, learned, judged)
            .fold((0, 0), |(all, word), (_, promise)| (all + 1, word + usize::from(promise.at_its_word)));
        let _ = writeln!(text, "\nAt the supplier's word, for want of a history: {word} of {all}.");
    }
    text
}

/// The years in which enough was scheduled.
pub(crate) fn years(deliveries: &[Delivery], judged: Range<usize>) -> Vec<i32> {
    let mut counts = BTreeMap::<i32, usize>::new();
    deliveries.get(judged).into_iter().flatten().for_each(|it| *counts.entry(it.year).or_default() += 1);
    counts.into_iter().filter(|&(_, count)| count >= YEAR_AT_LEAST).map(|(year, _)| year).collect()
}

fn of_year(deliveries: &[Delivery], method: &Method, judged: Range<usize>, year: i32, level: usize) -> Score {
    Score::of(pairs(deliveries, method, judged).filter(|(delivery, _)| delivery.year == year), level)
}

/// Each year, by each way of promising.
pub(crate) fn by_year(deliveries: &[Delivery], methods: &[Method], judged: Range<usize>) -> String {
    let mut text = head("By the year of the scheduled day");
    for year in years(deliveries, judged.clone()) {
        for level in 0..LEVELS.len() {
            for method in methods {
                let score = of_year(deliveries, method, judged.clone(), year, level);
                let _ = write!(text, "\n{}", line(&format!("{year} {}", method.name), level, &score));
            }
        }
    }
    text + "\n"
}

/// Each of the most specific groups that has enough deliveries, and the rest together.
pub(crate) fn by_group(book: &Deliveries, learned: &Method, judged: Range<usize>) -> String {
    let mut counts = BTreeMap::<u32, usize>::new();
    let group = |delivery: &Delivery| delivery.groups.first().copied().unwrap_or_default();
    for (delivery, _) in pairs(&book.deliveries, learned, judged.clone()) {
        *counts.entry(group(delivery)).or_default() += 1;
    }
    let mut large: Vec<(u32, usize)> =
        counts.into_iter().filter(|&(_, count)| count >= GROUP_AT_LEAST).collect();
    large.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let named: BTreeSet<u32> = large.iter().map(|&(group, _)| group).collect();
    let mut text = head(&format!("By group: {}", learned.name));
    let mut add = |name: &str, wanted: &dyn Fn(u32) -> bool| {
        for level in 0..LEVELS.len() {
            let of = pairs(&book.deliveries, learned, judged.clone());
            let score = Score::of(of.filter(|(delivery, _)| wanted(group(delivery))), level);
            if score.count > 0 {
                let short: String = name.chars().take(33).collect();
                let _ = write!(text, "\n{}", line(&short, level, &score));
            }
        }
    };
    for (number, _) in large {
        add(book.names.get(number as usize).map_or("", String::as_str), &|group| group == number);
    }
    add("all smaller groups", &|group| !named.contains(&group));
    text + "\n"
}

/// Whether what is asked of the learned promises holds: the covered shares, and the losses beside plain ones.
pub(crate) fn verdict(deliveries: &[Delivery], methods: &[Method], judged: Range<usize>) -> String {
    let mut text = String::from("Held to:");
    let Some((learned, plain)) = methods.split_first() else { return text };
    for level in HELD {
        let score = Score::of(pairs(deliveries, learned, judged.clone()), level);
        let years = years(deliveries, judged.clone()).into_iter();
        let of_year = |year| (of_year(deliveries, learned, judged.clone(), year, level).excess(level), year);
        let worst = years.map(of_year).max_by(|one, two| one.0.total_cmp(&two.0));
        let _ = write!(
            text,
            "\n{:<4} covered within 2 points in all: {}",
            label(level),
            held(score.excess(level), IN_ALL)
        );
        if let Some((excess, year)) = worst {
            let _ = write!(
                text,
                "\n     within 7 in each year, the worst being {year}: {}",
                held(excess, IN_A_YEAR)
            );
        }
        for other in plain {
            let loss = Score::of(pairs(deliveries, other, judged.clone()), level).pinball;
            let below = if score.pinball < loss { "yes" } else { "NO" };
            let _ = write!(
                text,
                "\n     pinball loss below \"{}\": {below} ({:.2} and {loss:.2} days)",
                other.name, score.pinball
            );
        }
    }
    text + "\n"
}

fn held(excess: f64, allowed: f64) -> String {
    let verdict = if excess <= allowed { "yes" } else { "NO" };
    format!("{verdict} (off by {:.1})", 100.0 * excess.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery(year: i32, late: u32) -> Delivery {
        Delivery { scheduled: 900, delivered: 900 + late, year, groups: vec![u32::from(late > 0)] }
    }

    fn method(count: usize, day: i32) -> Method {
        let promise = Promise { days: [Some(day); LEVELS.len()], at_its_word: false };
        Method { name: "learned", promises: vec![promise; count] }
    }

    #[test]
    fn only_years_with_enough_are_held() {
        let mut deliveries: Vec<Delivery> = (0..YEAR_AT_LEAST).map(|_| delivery(1999, 0)).collect();
        deliveries.extend((1..YEAR_AT_LEAST).map(|_| delivery(2000, 0)));
        assert_eq!(years(&deliveries, 0..deliveries.len()), [1999]);
        assert!(years(&deliveries, 1..deliveries.len()).is_empty());
    }

    #[test]
    fn the_verdict_says_what_fails() {
        let deliveries: Vec<Delivery> = (0..400).map(|place| delivery(1999, place % 2)).collect();
        let methods = [method(400, 0), method(400, 1)];
        let said = verdict(&deliveries, &methods, 0..400);
        assert!(said.contains("P80  covered within 2 points in all: NO (off by 30.0)"), "{said}");
        assert!(said.contains("worst being 1999: NO"), "{said}");
        let said = verdict(&deliveries, &[method(400, 1), method(400, 0)], 0..400);
        assert!(said.contains("P95  covered within 2 points in all: yes"), "{said}");
        assert!(said.contains("pinball loss below \"learned\": yes"), "{said}");
    }

    #[test]
    fn small_groups_are_counted_together() {
        let deliveries = (0..120).map(|place| delivery(1999, u32::from(place % 10 == 0))).collect();
        let book = Deliveries { deliveries, names: vec!["prompt".into(), "late".into()], broken: vec![] };
        let said = by_group(&book, &method(120, 0), 0..120);
        assert!(
            said.contains("prompt") && said.contains("all smaller groups") && !said.contains("late "),
            "{said}"
        );
    }
}
