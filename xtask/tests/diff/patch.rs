//! JSON patches, as far as the cases use them: add, remove, replace, move.

use serde_json::Value;

/// `document` with the steps of a patch applied.
pub(crate) fn patched(mut document: Value, steps: &Value) -> Value {
    for step in steps.as_array().unwrap() {
        let path = step["path"].as_str().unwrap();
        match step["op"].as_str().unwrap() {
            "add" => add(&mut document, path, step["value"].clone()),
            "remove" => drop(remove(&mut document, path)),
            "replace" => {
                drop(remove(&mut document, path));
                add(&mut document, path, step["value"].clone());
            }
            "move" => {
                let value = remove(&mut document, step["from"].as_str().unwrap());
                add(&mut document, path, value);
            }
            other => unreachable!("no step is called {other}"),
        }
    }
    document
}

fn parent<'a>(document: &'a mut Value, path: &str) -> (&'a mut Value, String) {
    let (parent, last) = path.rsplit_once('/').unwrap();
    let last = last.replace("~1", "/").replace("~0", "~");
    (document.pointer_mut(parent).unwrap(), last)
}

fn add(document: &mut Value, path: &str, value: Value) {
    let (parent, last) = parent(document, path);
    match parent {
        Value::Array(items) if last == "-" => items.push(value),
        Value::Array(items) => items.insert(last.parse().unwrap(), value),
        other => drop(other.as_object_mut().unwrap().insert(last, value)),
    }
}

fn remove(document: &mut Value, path: &str) -> Value {
    let (parent, last) = parent(document, path);
    match parent {
        Value::Array(items) => items.remove(last.parse().unwrap()),
        other => other.as_object_mut().unwrap().shift_remove(&last).unwrap(),
    }
}
