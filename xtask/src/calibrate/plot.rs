//! The same as a drawing: the covered share at each level, and over time.

use std::fmt::Write;
use std::ops::Range;

use super::deliveries::Delivery;
use super::scores::{LEVELS, Method, Score};

const COLOURS: [&str; 4] = ["#0b6e4f", "#b0413e", "#c77800", "#4a5fa5"];
const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 300.0;
const TOP: f64 = 60.0;

/// Deliveries that make one point over time.
const STRETCH: usize = 150;

/// Two charts side by side. Many deliveries come on the very day, so that what is covered is a bar from the share before
/// the promised day to that by it, which should hold the level.
pub(crate) fn svg(deliveries: &[Delivery], methods: &[Method], judged: Range<usize>) -> String {
    let mut text = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 420\" font-family=\"sans-serif\" font-size=\"12\">\
         <rect width=\"1000\" height=\"420\" fill=\"white\"/>\n",
    );
    let _ = writeln!(
        text,
        "<text x=\"50\" y=\"30\" font-size=\"15\">Share that came before, and by, the promised day</text>"
    );
    let _ = writeln!(
        text,
        "<text x=\"550\" y=\"30\" font-size=\"15\">Share by the promised P80 and P95, over time</text>"
    );
    by_level(&mut text, deliveries, methods, judged.clone());
    over_time(&mut text, deliveries, methods, judged);
    for (place, (method, colour)) in methods.iter().zip(COLOURS).enumerate() {
        let x = 50.0 + 230.0 * place as f64;
        let _ = writeln!(text, "<rect x=\"{x}\" y=\"393\" width=\"14\" height=\"10\" fill=\"{colour}\"/>");
        let _ = writeln!(text, "<text x=\"{}\" y=\"403\">{}</text>", x + 20.0, method.name);
    }
    text + "</svg>\n"
}

fn height_of(share: f64) -> f64 {
    TOP + HEIGHT * (1.0 - share)
}

fn grid(text: &mut String, left: f64) {
    for tenth in (0..=10).step_by(2) {
        let y = height_of(f64::from(tenth) / 10.0);
        let _ = writeln!(text, "<path d=\"M{left} {y}h{WIDTH}\" stroke=\"#ddd\"/>");
        let _ = writeln!(
            text,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{} %</text>",
            left - 6.0,
            y + 4.0,
            10 * tenth
        );
    }
}

fn by_level(text: &mut String, deliveries: &[Delivery], methods: &[Method], judged: Range<usize>) {
    grid(text, 50.0);
    let slot = WIDTH / LEVELS.len() as f64;
    for (level, p) in LEVELS.into_iter().enumerate() {
        let left = 50.0 + slot * level as f64;
        for (place, (method, colour)) in methods.iter().zip(COLOURS).enumerate() {
            let pairs = deliveries.iter().zip(&method.promises).skip(judged.start).take(judged.len());
            let score = Score::of(pairs, level);
            let (top, bottom) = (height_of(score.by), height_of(score.before));
            let x = left + 12.0 + 20.0 * place as f64;
            let tall = (bottom - top).max(1.0);
            let _ = writeln!(
                text,
                "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"14\" height=\"{tall:.1}\" fill=\"{colour}\"/>"
            );
        }
        let _ = writeln!(
            text,
            "<path d=\"M{left} {y}h{slot}\" stroke=\"black\" stroke-dasharray=\"4 3\"/>",
            y = height_of(p)
        );
        let _ = writeln!(text, "<text x=\"{}\" y=\"378\">P{:.0}</text>", left + slot / 2.0 - 12.0, 100.0 * p);
    }
}

fn over_time(text: &mut String, deliveries: &[Delivery], methods: &[Method], judged: Range<usize>) {
    let left = 550.0;
    grid(text, left);
    let stretches = judged.len().div_ceil(STRETCH).max(1);
    let x = |place: usize| left + WIDTH * (place as f64 + 0.5) / stretches as f64;
    for (level, dashes) in [(1, ""), (3, "stroke-dasharray=\"5 3\"")] {
        let y = height_of(LEVELS[level]);
        let _ = writeln!(text, "<path d=\"M{left} {y}h{WIDTH}\" stroke=\"black\" stroke-dasharray=\"4 3\"/>");
        for (method, colour) in methods.iter().zip(COLOURS) {
            let points = (0..stretches).map(|place| {
                let start = judged.start + place * STRETCH;
                let pairs =
                    deliveries.iter().zip(&method.promises).take(judged.end).skip(start).take(STRETCH);
                format!("{:.1},{:.1}", x(place), height_of(Score::of(pairs, level).by))
            });
            let points = points.collect::<Vec<_>>().join(" ");
            let _ = writeln!(
                text,
                "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" {dashes}/>"
            );
        }
    }
    let years = deliveries.get(judged.clone()).unwrap_or_default();
    for (place, pair) in years.windows(2).enumerate() {
        if let [before, after] = pair
            && before.year != after.year
        {
            let x = left + WIDTH * (place + 1) as f64 / years.len() as f64;
            let _ = writeln!(text, "<path d=\"M{x:.1} {TOP}v{HEIGHT}\" stroke=\"#ccc\"/>");
            let _ = writeln!(text, "<text x=\"{:.1}\" y=\"378\">{}</text>", x + 3.0, after.year);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibrate::scores::Promise;

    #[test]
    fn every_way_of_promising_is_drawn() {
        let delivery = |year| Delivery { scheduled: 400, delivered: 401, year, groups: vec![] };
        let deliveries: Vec<Delivery> = (0..400).map(|place| delivery(1971 + place / 200)).collect();
        let promise = Promise { days: [Some(1); LEVELS.len()], at_its_word: false };
        let method = |name| Method { name, promises: vec![promise; 400] };
        let svg = svg(&deliveries, &[method("learned"), method("plain")], 120..400);
        assert_eq!((svg.matches("<polyline").count(), svg.matches("NaN").count()), (4, 0));
        assert!(svg.contains(">1972<") && svg.contains(">plain<") && svg.ends_with("</svg>\n"));
    }
}
