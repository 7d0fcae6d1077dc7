//! The contract as the judges get it: with the one fault mended that would make every one of them refuse the tokens.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use serde_json::{Value, json};

/// The operations that need no token, whatever the document's root says.
const WITHOUT_TOKEN: [&str; 2] =
    ["/paths/~1api~1v2~1token~1new~1/post", "/paths/~1api~1v2~1token~1refresh~1/post"];

/// Writes the mended contract to `folder` and says where.
pub(crate) fn write(root: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    let source = root.join("openapi/contract.json");
    let text = fs::read_to_string(&source).with_context(|| format!("reading {}", source.display()))?;
    let mut contract: Value =
        serde_json::from_str(&text).with_context(|| format!("reading {}", source.display()))?;
    mend(&mut contract)?;
    let target = folder.join("contract.json");
    fs::write(&target, contract.to_string()).with_context(|| format!("writing {}", target.display()))?;
    Ok(target)
}

fn mend(contract: &mut Value) -> anyhow::Result<()> {
    for place in WITHOUT_TOKEN {
        let operation = contract.pointer_mut(place).and_then(Value::as_object_mut).ok_or_else(|| {
            anyhow!("openapi/contract.json has no operation at {place}: mend `interop/contract.rs`")
        })?;
        operation.insert("security".to_owned(), json!([]));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_operations_need_no_token() {
        let mut contract: Value =
            serde_json::from_str(include_str!("../../../openapi/contract.json")).unwrap();
        assert_eq!(
            contract["security"],
            json!([{ "jwtAuth": [] }]),
            "the fault is gone: so should this file be"
        );
        let before = contract.clone();
        mend(&mut contract).unwrap();
        for place in WITHOUT_TOKEN {
            assert_eq!(contract.pointer(place).unwrap()["security"], json!([]));
            contract.pointer_mut(place).unwrap().as_object_mut().unwrap().shift_remove("security");
        }
        assert_eq!(contract, before);
    }

    #[test]
    fn an_operation_that_is_gone_is_told() {
        let told = mend(&mut json!({ "paths": {} })).unwrap_err().to_string();
        assert!(told.starts_with("openapi/contract.json has no operation at /paths/"), "{told}");
    }
}
