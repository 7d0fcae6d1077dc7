//! The places that tables of patches speak of: `Schema.member`, `*.member`, and `Schema.member[]` for its items.

use serde_json::{Map, Value};

use crate::generate::document::Document;

/// Calls `change` on each schema that `place` names and counts those that it says it changed.
pub(crate) fn each(
    document: &mut Document,
    place: &str,
    change: &mut dyn FnMut(&mut Map<String, Value>) -> bool,
) -> usize {
    let (place, items) = place.strip_suffix("[]").map_or((place, false), |place| (place, true));
    let Some((schema, member)) = place.split_once('.') else { return 0 };
    let schemas = if schema == "*" { document.schema_names() } else { vec![schema.to_owned()] };
    let mut changed = 0;
    for schema in schemas {
        let Some(found) = document.member_mut(&schema, member) else { continue };
        let target = if items { found.get_mut("items").and_then(Value::as_object_mut) } else { Some(found) };
        changed += usize::from(target.is_some_and(&mut *change));
    }
    changed
}
