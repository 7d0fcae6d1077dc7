//! `xtask/alone/Cargo.toml`, which `cargo xtask` runs, has the dependencies that `xtask/Cargo.toml` has.

use std::collections::BTreeMap;

/// The lines `name = value` of a section, without comments.
fn section(manifest: &str, heading: &str) -> BTreeMap<String, String> {
    let lines = manifest.lines().skip_while(|line| *line != heading).skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    let pairs = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[test]
fn the_manifest_that_stands_alone_has_the_dependencies_of_the_member() {
    let workspace = section(include_str!("../../Cargo.toml"), "[workspace.dependencies]");
    let member = section(include_str!("../Cargo.toml"), "[dependencies]");
    let alone = section(include_str!("../alone/Cargo.toml"), "[dependencies]");
    let expected: BTreeMap<String, String> = member
        .iter()
        .map(|(name, value)| {
            let name = name.trim_end_matches(".workspace").to_owned();
            let version = workspace[&name].clone();
            let features =
                value.strip_prefix("{ workspace = true, ").and_then(|rest| rest.strip_suffix(" }"));
            let line =
                features.map_or(version.clone(), |features| format!("{{ version = {version}, {features} }}"));
            (name, line)
        })
        .collect();
    assert_eq!(alone, expected, "copy the lines of the main workspace into xtask/alone/Cargo.toml");
}
