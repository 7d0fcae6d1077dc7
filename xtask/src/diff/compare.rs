//! All changes from one document to another.

use std::collections::BTreeSet;

use super::change::{Change, Changes, Spot, Travel, Verdict};
use super::schemas::{Schemas, Way};
use super::{frame, operations, security};
use crate::generate::document::{Document, schema_pointer};

/// What changed from `old` to `new`: the frame, the operations, then the component schemas.
pub(crate) fn compare(old: &Document, new: &Document) -> Vec<Change> {
    let schemas = Schemas::new(old, new);
    let mut changes = Changes::default();
    frame::frame(&schemas, &mut changes);
    security::root(&schemas, &mut changes);
    operations::operations(&schemas, &mut changes);
    components(&schemas, &mut changes);
    changes.0
}

fn components(schemas: &Schemas<'_>, changes: &mut Changes) {
    let (old, new) = (schemas.old, schemas.new);
    let before = Used::of(old);
    let after = Used::of(new);
    for (was, name) in &schemas.components.common {
        let travel = Travel::of(
            before.sent.contains(was) || after.sent.contains(name),
            before.received.contains(was) || after.received.contains(name),
        );
        let place = format!("schema {name}{}", travel.label());
        let spot = Spot::new(place, schema_pointer(was), schema_pointer(name));
        if was != name {
            let words =
                format!("was called `{was}`: the same on the wire, another name of the generated type");
            changes.add(Verdict::Compatible, &spot, words);
        }
        if let (Some(old), Some(new)) = (old.schema(was), new.schema(name)) {
            schemas.compare(&spot, travel, (old, new), &mut Way::new(), changes);
        }
    }
    for name in &schemas.components.added {
        let spot = Spot::same(format!("schema {name}{}", after.travel(name).label()), &schema_pointer(name));
        changes.add(Verdict::Compatible, &spot, "is new");
    }
    for name in &schemas.components.removed {
        let travel = before.travel(name);
        let spot = Spot::same(format!("schema {name}{}", travel.label()), &schema_pointer(name));
        let words = if travel == Travel::Nowhere { "is gone" } else { "is gone: so is the generated type" };
        changes.gone(travel.judge(Verdict::Breaking, Verdict::Breaking), &spot, words);
    }
}

/// The components that requests and answers reach.
struct Used {
    sent: BTreeSet<String>,
    received: BTreeSet<String>,
}

impl Used {
    fn of(document: &Document) -> Self {
        Self { sent: document.schemas_of_requests(), received: document.schemas_of_responses() }
    }

    fn travel(&self, name: &str) -> Travel {
        Travel::of(self.sent.contains(name), self.received.contains(name))
    }
}
