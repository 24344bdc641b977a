//! The cases there are, and that none is forgotten.

use crate::table::play;
use std::collections::BTreeMap;

/// Where stories stand, by whose case they are.
const FILES: [&str; 12] = [
    include_str!("solidus.story"),
    include_str!("spree.story"),
    include_str!("magento.story"),
    include_str!("vendure_medusa.story"),
    include_str!("saleor.story"),
    include_str!("oca.story"),
    include_str!("odoo.story"),
    include_str!("erpnext_mantle.story"),
    include_str!("frepple.story"),
    include_str!("promising.story"),
    include_str!("queues.story"),
    include_str!("policies.story"),
];

const INDEX: &str = include_str!("index");
const NOT_EXPRESSIBLE: &str = include_str!("not-expressible.md");
const POLICIES: &str = include_str!("../../docs/POLICIES.md");

/// Of the portable cases at most one in so many may be left out.
const PORTABLE_FOR_ONE_LEFT_OUT: usize = 8;

pub type Check = fn() -> Vec<String>;

pub const CHECKS: [(&str, Check); 4] = [
    ("every case has a story or a reason why not", every_case_is_answered),
    ("few portable cases are left out", few_are_left_out),
    ("every policy is in the table of policies", policies_are_told),
    ("every story can be read and names its source", stories_can_be_read),
];

/// One case as a story.
#[derive(Clone, Copy)]
pub struct Story {
    pub id: &'static str,
    pub table: &'static str,
}

/// `== SOL-04` begins a story; the rows follow.
pub fn stories() -> Vec<Story> {
    let told = FILES.iter().flat_map(|file| file.split("\n== ").skip(1));
    let story = |text: &'static str| {
        let (id, table) = text.split_once('\n').unwrap_or((text, ""));
        Story { id: id.trim(), table }
    };
    told.map(story).collect()
}

/// `SOL-04 portable`: every case, with its kind.
fn index() -> BTreeMap<&'static str, &'static str> {
    let cases = INDEX.lines().filter(|line| !line.starts_with('#'));
    cases.filter_map(|line| line.split_once(' ')).collect()
}

/// `- FRE-24: why the contract cannot say it`
fn left_out() -> Vec<&'static str> {
    let lines = NOT_EXPRESSIBLE.lines().filter_map(|line| line.strip_prefix("- "));
    lines.filter_map(|line| line.split_once(": ")).map(|(id, _)| id).collect()
}

fn every_case_is_answered() -> Vec<String> {
    let mut answers: BTreeMap<&str, usize> = index().into_keys().map(|id| (id, 0)).collect();
    for id in stories().iter().map(|story| story.id).chain(left_out()) {
        *answers.entry(id).or_insert(usize::MAX / 2) += 1;
    }
    let wrong = answers.into_iter().filter(|(_, times)| *times != 1);
    let told = |(id, times)| match times {
        0 => format!("{id} has neither a story nor a reason"),
        2.. if index().contains_key(id) => format!("{id} is answered {times} times"),
        _ => format!("{id} is not in the index"),
    };
    wrong.map(told).collect()
}

fn few_are_left_out() -> Vec<String> {
    let index = index();
    let portable = |id: &&str| index.get(id) == Some(&"portable");
    let (all, without) = (index.keys().filter(|id| portable(id)).count(), left_out());
    let without = without.into_iter().filter(portable).count();
    let too_many = without * PORTABLE_FOR_ONE_LEFT_OUT > all;
    too_many.then(|| format!("{without} of {all} portable cases are left out")).into_iter().collect()
}

fn policies_are_told() -> Vec<String> {
    let policies = index().into_iter().filter(|(_, kind)| *kind == "policy");
    let untold = policies.filter(|(id, _)| !POLICIES.contains(&format!("| {id} |")));
    untold.map(|(id, _)| format!("{id} is not in the table of policies")).collect()
}

/// A story that is misread panics, which the harness tells.
fn stories_can_be_read() -> Vec<String> {
    stories().iter().for_each(|story| play::read(story.table));
    let unsourced = stories().into_iter().filter(|story| !story.table.starts_with("# from "));
    unsourced.map(|story| format!("{} does not say where it is from", story.id)).collect()
}
