//! Changes to a JSON body by JSON pointer (RFC 6901).

use serde_json::Value;

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Edit {
    Set(String, Value),
    Remove(String),
}

impl Edit {
    /// Makes the change; else one sentence on why it does not fit.
    pub(crate) fn apply(&self, body: &mut Value) -> Result<(), String> {
        let done = match self {
            Self::Set(pointer, value) => set(body, pointer, value.clone()),
            Self::Remove(pointer) => remove(body, pointer),
        };
        done.ok_or_else(|| {
            let (Self::Set(pointer, _) | Self::Remove(pointer)) = self;
            format!("the answer has no place {pointer} to change")
        })
    }
}

/// Splits a pointer into its parent and the unescaped last part.
fn split(pointer: &str) -> Option<(&str, String)> {
    let (parent, last) = pointer.rsplit_once('/')?;
    Some((parent, last.replace("~1", "/").replace("~0", "~")))
}

fn set(body: &mut Value, pointer: &str, value: Value) -> Option<()> {
    if pointer.is_empty() {
        *body = value;
        return Some(());
    }
    let (parent, last) = split(pointer)?;
    match body.pointer_mut(parent)? {
        Value::Object(members) => {
            members.insert(last, value);
        }
        Value::Array(items) if last == "-" => items.push(value),
        Value::Array(items) => *items.get_mut(last.parse::<usize>().ok()?)? = value,
        _ => return None,
    }
    Some(())
}

fn remove(body: &mut Value, pointer: &str) -> Option<()> {
    let (parent, last) = split(pointer)?;
    match body.pointer_mut(parent)? {
        Value::Object(members) => members.remove(&last).map(|_| ()),
        Value::Array(items) => {
            let at = last.parse::<usize>().ok().filter(|at| *at < items.len())?;
            items.remove(at);
            Some(())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_set_added_appended_and_removed() {
        let mut body = json!({ "a": { "b~/": 1 }, "list": [1, 2] });
        for edit in [
            Edit::Set("/a/b~0~1".to_owned(), json!(null)),
            Edit::Set("/new".to_owned(), json!("x")),
            Edit::Set("/list/-".to_owned(), json!(3)),
            Edit::Set("/list/0".to_owned(), json!({})),
            Edit::Remove("/list/1".to_owned()),
        ] {
            edit.apply(&mut body).unwrap();
        }
        assert_eq!(body, json!({ "a": { "b~/": null }, "list": [{}, 3], "new": "x" }));
    }

    #[test]
    fn a_pointer_that_leads_nowhere_is_reported() {
        let outcome = Edit::Remove("/list/7".to_owned()).apply(&mut json!({ "list": [] }));
        assert_eq!(outcome, Err("the answer has no place /list/7 to change".to_owned()));
        assert!(Edit::Set("nonsense".to_owned(), json!(1)).apply(&mut json!({})).is_err());
    }
}
