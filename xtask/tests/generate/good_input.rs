//! Documents that are taken: the same bytes each time, a check that sees every edit, and a folder of one's own.

use std::fs;

use serde_json::json;

use crate::tree::Tree;

#[test]
fn generating_twice_gives_the_same_bytes() {
    let tree = Tree::generated("twice-the-same");
    let before = tree.files("");
    let answer = tree.run(&["generate"]);
    assert_eq!((answer.code, answer.err.as_str()), (Some(0), ""));
    assert!(answer.out.contains("; 0 files changed"), "{}", answer.out);
    assert_eq!(tree.files(""), before);
    assert_eq!(tree.run(&["generate", "--check"]).code, Some(0));
}

#[test]
fn the_tree_is_what_the_contract_gives() {
    let tree = Tree::generated("as-committed");
    let ours = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for (file, bytes) in tree.files("generated").into_iter().chain(tree.files("wrapper")) {
        let name = file.strip_prefix(&tree.root).unwrap();
        assert!(
            fs::read(ours.join(name)).unwrap() == bytes,
            "{} is stale: run `cargo xtask generate`",
            name.display()
        );
    }
}

#[test]
fn check_sees_every_edit_and_mends_none() {
    let tree = Tree::generated("check");
    for file in [
        "generated/src/types.rs",
        "generated/Cargo.toml",
        "generated/README.md",
        "openapi/client.json",
        "wrapper/reference/TokenApi.md",
        "wrapper/reference/links.md",
        "wrapper/src/reference_pages.rs",
    ] {
        let good = tree.read(file);
        tree.write(file, &format!("{good}edited by hand\n"));
        let before = tree.files("");
        let answer = tree.run(&["generate", "--check"]);
        assert_eq!(answer.code, Some(4), "{file}: {answer:?}");
        assert!(
            answer.out.contains(&format!("{file} is stale")) && answer.out.contains("-edited by hand"),
            "{answer:?}"
        );
        assert_eq!(answer.err, "1 generated files are stale: run `cargo xtask generate`\n");
        assert_eq!(tree.files(""), before);
        tree.write(file, &good);
    }
    fs::remove_file(tree.root.join("generated/src/lib.rs")).unwrap();
    assert!(tree.run(&["generate", "--check"]).out.contains("the file is missing"));
}

#[test]
fn a_file_that_nothing_writes_any_more_goes() {
    let tree = Tree::generated("left-over");
    let old = ["generated/src/old.rs", "wrapper/reference/OldApi.md"];
    for file in old {
        tree.write(file, "old\n");
    }
    let answer = tree.run(&["generate", "--check"]);
    assert_eq!(answer.code, Some(4));
    assert_eq!(answer.out.matches("nothing writes this file any more").count(), 2, "{answer:?}");
    assert_eq!(tree.run(&["generate"]).code, Some(0));
    assert!(old.iter().all(|file| !tree.root.join(file).exists()));
}

#[test]
fn a_renamed_operation_of_the_vendors_changes_nothing_that_is_generated() {
    let tree = Tree::generated("renamed");
    let before = (tree.files("generated"), tree.read("openapi/client.json"));
    tree.edit(|contract| {
        contract["paths"]["/api/v2/token/new/"]["post"]["operationId"] = json!("JWT Obtain");
    });
    assert_eq!(tree.run(&["generate"]).code, Some(0));
    assert!((tree.files("generated"), tree.read("openapi/client.json")) == before);
}

#[test]
fn another_folder_gets_everything_and_the_tree_nothing() {
    let tree = Tree::new("out");
    let before = tree.files("openapi");
    let answer = tree.run(&["generate", "--out", "elsewhere"]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert_eq!(tree.files("openapi"), before);
    assert!(!tree.root.join("generated").exists());
    // The pages are part of the wrapper, which is not generated.
    assert!(!tree.root.join("wrapper").exists() && !tree.root.join("elsewhere/wrapper").exists());
    for file in [
        "Cargo.toml",
        "README.md",
        "PATCHES.md",
        "client.json",
        "src/lib.rs",
        "src/types.rs",
        "src/operation.rs",
    ] {
        assert!(tree.root.join("elsewhere").join(file).is_file(), "{file}");
    }
    assert!(tree.read("elsewhere/Cargo.toml").ends_with("[workspace]\n"));
    assert_eq!(tree.run(&["generate", "--out", "elsewhere", "--check"]).code, Some(0));
}

#[test]
fn every_generated_file_says_what_made_it() {
    let tree = Tree::generated("heads");
    for (file, bytes) in tree.files("generated") {
        let text = String::from_utf8(bytes).unwrap();
        let head: Vec<&str> = text.lines().take(3).collect();
        for part in ["cargo xtask generate", "Do not edit", "sha256", "progenitor 0.15.1"] {
            assert!(head.concat().contains(part), "{}: {head:?}", file.display());
        }
    }
}

#[test]
fn parts_that_stand_in_components_are_taken_as_if_they_stood_in_place() {
    let tree = Tree::generated("parts");
    let before = tree.files("generated");
    tree.edit(|contract| {
        let operation = &mut contract["paths"]["/api/v2/institutions/{id}/"]["get"];
        let parameter = operation["parameters"][0].take();
        let response = operation["responses"]["200"].take();
        operation["responses"]["200"] = json!({ "$ref": "#/components/responses/One" });
        operation.as_object_mut().unwrap().remove("parameters");
        contract["paths"]["/api/v2/institutions/{id}/"]["parameters"] =
            json!([{ "$ref": "#/components/parameters/Id" }]);
        contract["components"]["parameters"] = json!({ "Id": parameter });
        contract["components"]["responses"] = json!({ "One": response });
        let body = contract["paths"]["/api/v2/token/new/"]["post"]["requestBody"].take();
        contract["components"]["requestBodies"] = json!({ "Pair": body });
        contract["paths"]["/api/v2/token/new/"]["post"]["requestBody"] =
            json!({ "$ref": "#/components/requestBodies/Pair" });
    });
    let answer = tree.run(&["generate"]);
    assert_eq!((answer.code, answer.err.as_str()), (Some(0), ""));
    for (file, bytes) in tree.files("generated") {
        let (now, then) =
            (String::from_utf8(bytes).unwrap(), String::from_utf8(before[&file].clone()).unwrap());
        // The order of keys in client.json differs, and so does the sum in the heads.
        let body =
            |text: &str| text.lines().filter(|line| !line.contains("sha256")).collect::<Vec<_>>().join("\n");
        assert!(body(&now) == body(&then), "{}", file.display());
    }
}

#[test]
fn a_new_member_and_a_new_answer_reach_the_types() {
    let tree = Tree::new("new-member");
    tree.edit(|contract| {
        contract["components"]["schemas"]["Account"]["properties"]["nickname"] =
            json!({ "type": "string", "description": "Name that the owner gave it." });
    });
    let answer = tree.run(&["generate"]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert!(tree.read("generated/src/types.rs").contains("/// Name that the owner gave it."));
}

#[test]
fn a_changed_sentence_reaches_the_page_of_its_resource() {
    let tree = Tree::generated("sentence");
    tree.edit(|contract| {
        contract["components"]["schemas"]["JWTRefreshRequest"]["properties"]["refresh"]["description"] =
            json!("The one | only token, see https://example.com/.");
    });
    assert_eq!(tree.run(&["generate"]).code, Some(0));
    let page = tree.read("wrapper/reference/TokenApi.md");
    assert!(page.contains("| The one \\| only token, see <https://example.com/>. |"), "{page}");
}

#[test]
fn a_page_without_its_markers_is_not_overwritten() {
    let tree = Tree::new("markers");
    tree.write("openapi/README.md", "mine\n");
    let answer = tree.run(&["generate"]);
    assert_eq!(answer.code, Some(2), "{answer:?}");
    assert!(answer.err.starts_with("openapi/README.md: the lines"), "{answer:?}");
    assert_eq!(tree.read("openapi/README.md"), "mine\n");
    assert!(!tree.root.join("generated").exists());
}

#[test]
fn the_help_names_the_exit_codes() {
    let answer = Tree::new("help").run(&["generate", "--help"]);
    assert_eq!(answer.code, Some(0));
    for part in ["--check", "--contract <FILE>", "--out <DIR>", "4  stale"] {
        assert!(answer.out.contains(part), "{}", answer.out);
    }
}
