//! Items: each setting now and then, back to its default now and then.

use super::Workload;
use super::names::name;
use backorder::model::command::Body;
use backorder::model::settings::{
    Backorders, Change, Component, Incentive, ItemChange, Lifecycle, Overdue, Overtaking, Promising,
    Protection, Quantile, Reorder, ReorderPolicy, Replenishment, Sharing, WholeLines,
};
use backorder::model::units::{MAX_SAFE, Quantity};

impl Workload {
    pub(super) fn define_item(&mut self, number: u64) -> Body<'static> {
        let mut settings = ItemChange {
            backorders: self.change(|workload| match workload.random.below(4) {
                0 => Backorders::Deny,
                1 => Backorders::Allow,
                _ => Backorders::Limit(workload.random.below(workload.temper.largest_quantity * 6)),
            }),
            max_per_order: self.change(|workload| workload.random.between(1, 12)),
            safety_stock: self.change(|workload| workload.random.below(6)),
            ageing_days: self.change(|workload| workload.days().max(1)),
            replenishment: self.change(Self::replenishment),
            overdue: self.change(|workload| Overdue {
                offset_days: workload.days(),
                ignore_after_days: workload.random.percent(50).then(|| workload.days()),
            }),
            lifecycle: self.change(|workload| match workload.random.below(4) {
                0 => Lifecycle::Active,
                1 => Lifecycle::Discontinued,
                2 => Lifecycle::Preorder { release_at: None },
                _ => Lifecycle::Preorder { release_at: Some(workload.instant_near()) },
            }),
            promise_quantile: self.change(|workload| {
                let share = workload.random.pick(&[0.05, 0.5, 0.8, 0.9, 0.955, 0.999]);
                Quantile::new(share).unwrap_or_default()
            }),
            ..ItemChange::default()
        };
        if self.temper.sharing > 0 {
            self.share(&mut settings, number);
        }
        if self.temper.learns {
            settings.overtaking = Some(Some(Overtaking::Learn));
        }
        // Together in one command these are a fault.
        self.spoilt |= cannot_stand_together(&settings);
        Body::DefineItem { sku: name("item", number), settings }
    }

    fn change<T>(&mut self, draw: impl FnOnce(&mut Self) -> T) -> Change<T> {
        self.change_in(self.temper.settings, draw)
    }

    /// So many times in a hundred, and then one time in four to the default.
    fn change_in<T>(&mut self, percent: u64, draw: impl FnOnce(&mut Self) -> T) -> Change<T> {
        if !self.random.percent(percent) {
            return None;
        }
        let set = self.random.percent(75);
        Some(set.then(|| draw(self)))
    }

    fn replenishment(&mut self) -> Replenishment {
        let capacity = self.random.percent(self.temper.sharing);
        Replenishment {
            lead_time_days: self.days(),
            supplier: self.supplier().map(str::to_owned),
            batch: (capacity && self.random.percent(50)).then(|| self.random.between(1, 7)),
            capacity_per_day: capacity.then(|| self.random.between(1, 4)),
        }
    }

    /// Most items share by one rule of their own, so that its settings are not always in each
    /// other's way.
    fn share(&mut self, settings: &mut ItemChange, number: u64) {
        let percent = self.temper.sharing;
        let kinds = if self.random.percent(10) {
            vec![0, 1, 2, 3]
        } else {
            vec![(number + self.random.below(2)) % 5]
        };
        for kind in kinds {
            match kind {
                0 => settings.promising = self.change_in(percent, |_| Promising::Protect),
                1 => settings.sharing = self.change_in(percent, |_| Sharing::FairShare),
                // Where an order that ships whole waits among several locations, when it can't be had,
                // is left open.
                2 if self.temper.locations == 0 => {
                    settings.whole_lines = self.change_in(percent, |_| WholeLines::Skip);
                }
                3 => settings.protection = self.change_in(percent, Self::protection),
                4 => settings.overtaking = self.change_in(percent, |_| Overtaking::Learn),
                _ => {}
            }
        }
        settings.reorder = self.change_in(percent / 3, Self::reorder);
        settings.substitutes = self.change_in(percent / 2, Self::substitutes);
        settings.incentives = self.change_in(percent / 4, Self::incentives);
        if number > 0 || self.random.percent(10) {
            settings.components = self.change_in(self.temper.kits, |workload| workload.components(number));
        }
    }

    fn protection(&mut self) -> Vec<Protection> {
        let mut levels: Vec<Protection> = Vec::new();
        for _ in 0..self.random.between(1, 3) {
            let priority = self.random.pick(&[0, 50, 99, 100, 150]);
            if levels.iter().all(|level| level.priority != priority) {
                levels.push(Protection { priority, units: self.random.below(5) });
            }
        }
        levels
    }

    fn reorder(&mut self) -> Reorder {
        use ReorderPolicy::{BaseStock, OrderUpTo, ReorderQuantity};
        Reorder {
            policy: self.random.pick(&[ReorderQuantity, OrderUpTo, BaseStock]),
            point: self.random.below(10),
            quantity: Some(self.units()),
            up_to: Some(self.random.below(20)),
            minimum: self.random.percent(30).then(|| self.random.below(9)),
            multiple: self.random.percent(30).then(|| self.random.below(4)),
        }
    }

    /// Some items, each once; some that are not known, now and then the item itself.
    fn substitutes(&mut self) -> Vec<String> {
        let mut skus: Vec<String> = Vec::new();
        for _ in 0..self.random.between(1, 3) {
            let sku = self.sku().to_owned();
            if !skus.contains(&sku) {
                skus.push(sku);
            }
        }
        skus
    }

    fn incentives(&mut self) -> Vec<Incentive> {
        let offer = |workload: &mut Self| Incentive {
            from_delay_days: workload.days(),
            offer: workload.random.pick(&["tea", "cake"]).to_owned(),
        };
        (0..self.random.between(1, 3)).map(|_| offer(self)).collect()
    }

    /// Mostly of items before it, so that few are made of themselves.
    fn components(&mut self, number: u64) -> Vec<Component> {
        let component = |workload: &mut Self| {
            let known = number.max(1);
            let before = name("item", workload.random.below(known));
            let sku = if workload.random.percent(92) { before } else { workload.sku() };
            Component { sku: sku.to_owned(), quantity: workload.units() }
        };
        (0..self.random.between(1, 3)).map(|_| component(self)).collect()
    }

    /// One or a few.
    fn units(&mut self) -> Quantity {
        if self.random.percent(self.temper.extremes) {
            return self.random.pick(&[MAX_SAFE, MAX_SAFE / 2, 1 << 27]);
        }
        self.random.between(1, 3)
    }
}

/// Whether the settings that one command gives exclude each other (rules §8).
fn cannot_stand_together(settings: &ItemChange) -> bool {
    let given = |is_given: bool| usize::from(is_given);
    let protection = settings.protection.iter().flatten().any(|levels| !levels.is_empty());
    let fair_share = settings.sharing == Some(Some(Sharing::FairShare));
    let protect = settings.promising == Some(Some(Promising::Protect));
    let skip = settings.whole_lines == Some(Some(WholeLines::Skip));
    let ageing = matches!(settings.ageing_days, Some(Some(_)));
    given(fair_share) + given(protect) + given(skip) > 1 || protection && (fair_share || ageing)
}
