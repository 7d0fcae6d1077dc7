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
        tree.write(file, "// Written by `cargo xtask generate`.\n");
    }
    let answer = tree.run(&["generate", "--check"]);
    assert_eq!(answer.code, Some(4));
    assert_eq!(answer.out.matches("nothing writes this file any more").count(), 2, "{answer:?}");
    assert_eq!(tree.run(&["generate"]).code, Some(0));
    assert!(old.iter().all(|file| !tree.root.join(file).exists()));
}

#[test]
fn a_file_of_somebody_elses_is_neither_removed_nor_overwritten() {
    let tree = Tree::generated("mine");
    tree.write("generated/src/mine.rs", "mine\n");
    let before = tree.files("");
    let answer = tree.run(&["generate"]);
    assert_eq!(answer.code, Some(2), "{answer:?}");
    assert!(answer.err.contains("mine.rs: was not written by `cargo xtask generate`"), "{answer:?}");
    assert_eq!(tree.files(""), before);
}

#[test]
fn a_folder_that_holds_anything_else_is_refused() {
    let tree = Tree::generated("out-refused");
    for (file, text) in [
        ("target/full/notes.txt", "mine\n"),
        ("target/crate/Cargo.toml", "[package]\nname = \"mine\"\n"),
        ("target/crate/src/lib.rs", "// mine\n"),
        ("target/file", "mine\n"),
    ] {
        fs::create_dir_all(tree.root.join(file).parent().unwrap()).unwrap();
        tree.write(file, text);
    }
    for more in ["client.json", "README.md", "src/mine.rs", "src/lib.rs"] {
        let folder = format!("target/more-{}", more.replace('/', "-"));
        assert_eq!(tree.run(&["generate", "--out", &folder]).code, Some(0));
        tree.write(&format!("{folder}/{more}"), "{}\n");
    }
    let before = tree.files("");
    for out in [
        ".",
        "wrapper",
        "wrapper/new",
        "generated",
        "openapi",
        "target",
        "target/../wrapper",
        "target/full",
        "target/crate",
        "target/file",
        "target/more-client.json",
        "target/more-README.md",
        "target/more-src-mine.rs",
        "target/more-src-lib.rs",
    ] {
        let answer = tree.run(&["generate", "--out", out]);
        assert_eq!((answer.code, answer.err.lines().count()), (Some(2), 1), "{out}: {answer:?}");
        assert_eq!(tree.files(""), before, "{out}");
    }
}

#[test]
fn a_folder_that_was_written_before_is_written_again_with_what_cargo_put_there() {
    let tree = Tree::generated("out-again");
    assert_eq!(tree.run(&["generate", "--out", "target/one/two"]).code, Some(0));
    tree.write("target/one/two/Cargo.lock", "");
    tree.edit(|contract| {
        contract["components"]["schemas"]["Account"]["properties"]["nickname"] = json!({ "type": "string" });
    });
    let answer = tree.run(&["generate", "--contract", "openapi/contract.json", "--out", "target/one/two"]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert!(tree.read("target/one/two/src/types.rs").contains("nickname"));
    assert_eq!(tree.read("target/one/two/Cargo.lock"), "");
}

#[test]
fn what_a_run_left_that_was_ended_is_ignored_by_git_and_removed_by_the_next() {
    let tree = Tree::generated("left-unfinished");
    let left = ["openapi/.contract.json.xtask-new", "generated/src/.types.rs.xtask-new"];
    for file in left {
        tree.write(file, "half of it");
    }
    assert_eq!(tree.run(&["generate", "--check"]).code, Some(0));
    assert_eq!(tree.run(&["generate"]).code, Some(0));
    assert!(left.iter().all(|file| !tree.root.join(file).exists()));
    let ignored = include_str!("../../../.gitignore");
    assert!(ignored.lines().any(|line| line == ".*.xtask-new"), "{ignored}");
}

#[test]
fn a_file_that_cannot_be_written_is_a_failed_step_and_changes_nothing() {
    let tree = Tree::generated("cannot-write");
    fs::create_dir(tree.root.join("openapi/.client.json.xtask-new")).unwrap();
    tree.edit(|contract| {
        contract["components"]["schemas"]["Account"]["properties"]["nickname"] = json!({ "type": "string" });
    });
    tree.write("vendor.json", &tree.read("openapi/contract.json").replace("nickname", "alias"));
    let before = tree.files("");
    for arguments in [&["generate"], &["import", "vendor.json"] as &[&str]] {
        let answer = tree.run(arguments);
        assert_eq!(answer.code, Some(1), "{answer:?}");
        assert!(answer.err.contains("writing ") && answer.err.contains("client.json"), "{answer:?}");
        assert_eq!(tree.files(""), before);
    }
}

#[test]
fn yaml_is_taken_and_so_is_a_response_without_a_description() {
    let tree = Tree::new("yaml");
    tree.edit(|contract| {
        let responses = &mut contract["paths"]["/api/v2/institutions/"]["get"]["responses"];
        responses["200"].as_object_mut().unwrap().remove("description");
    });
    // JSON is YAML but for its first character, which says which of them it is.
    tree.write("contract.yaml", &format!("---\n{}", tree.read("openapi/contract.json")));
    let answer = tree.run(&["generate", "--contract", "contract.yaml", "--out", "target/out"]);
    assert_eq!((answer.code, answer.err.as_str()), (Some(0), ""));
    tree.write("cut.yaml", "openapi: [");
    let answer = tree.run(&["generate", "--contract", "cut.yaml", "--out", "target/other"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.starts_with("cut.yaml:1:") && answer.err.contains("neither JSON nor YAML"),
        "{answer:?}"
    );
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
    let answer = tree.run(&["generate", "--out", "target/elsewhere"]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert_eq!(tree.files("openapi"), before);
    assert!(!tree.root.join("generated").exists());
    // The pages are part of the wrapper, which is not generated.
    assert!(!tree.root.join("wrapper").exists() && !tree.root.join("target/elsewhere/wrapper").exists());
    for file in [
        "Cargo.toml",
        "README.md",
        "PATCHES.md",
        "client.json",
        "src/lib.rs",
        "src/types.rs",
        "src/operation.rs",
    ] {
        assert!(tree.root.join("target/elsewhere").join(file).is_file(), "{file}");
    }
    assert!(tree.read("target/elsewhere/Cargo.toml").ends_with("[workspace]\n"));
    assert_eq!(tree.run(&["generate", "--out", "target/elsewhere", "--check"]).code, Some(0));
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
fn parts_in_components_are_taken_as_if_they_were_written_in_place() {
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
