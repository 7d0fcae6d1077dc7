//! Links resolve: each relative link of a Markdown file, and each mention of a page in `docs`, in comments of Rust and in all
//! other text, names a file of the repository and, after `#`, a heading or an anchor in it.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::run::{File, Violation};

/// What a Markdown file links to and can be linked at.
#[derive(Debug, Default)]
struct Page {
    anchors: BTreeSet<String>,
    /// Lines and targets.
    links: Vec<(usize, String)>,
}

/// Links of all files that do not resolve. `paths` are all files of the repository, `files` those that are text.
pub(super) fn violations(files: &[File], paths: &[String]) -> Vec<Violation> {
    let pages: BTreeMap<&str, Page> = files
        .iter()
        .filter(|file| file.is("md"))
        .map(|file| (file.path.as_str(), page(&file.text)))
        .collect();
    let mut violations = Vec::new();
    for file in files {
        let mentions = match pages.get(file.path.as_str()) {
            Some(page) => {
                page.links.iter().map(|(line, target)| (*line, resolve(&file.path, target))).collect()
            }
            None => mentions(file),
        };
        for (line, target) in mentions {
            let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let folder = format!("{path}/");
            if !paths.iter().any(|other| other == path || other.starts_with(&folder)) {
                violations.push(file.violation(line, format!("links to `{path}`, which does not exist")));
            } else if pages.get(path).is_some_and(|page| !anchor.is_empty() && !page.anchors.contains(anchor))
            {
                violations.push(
                    file.violation(line, format!("links to `#{anchor}`, which `{path}` does not have")),
                );
            }
        }
    }
    violations
}

fn page(text: &str) -> Page {
    let mut page = Page::default();
    let mut heading = String::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => heading.clear(),
            Event::Text(text) | Event::Code(text) => heading.push_str(&text),
            Event::End(TagEnd::Heading(_)) => {
                let slug = slug(&heading);
                // The second of the same name has `-1`, and so on.
                let mut names =
                    iter::once(slug.clone()).chain((1..).map(|number| format!("{slug}-{number}")));
                page.anchors.extend(names.find(|name| !page.anchors.contains(name)));
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let ids = html.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next());
                page.anchors.extend(ids.map(str::to_owned));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                if is_relative(&dest_url) =>
            {
                let line = text.get(..range.start).map_or(0, |before| before.matches('\n').count()) + 1;
                page.links.push((line, dest_url.into_string()));
            }
            _ => {}
        }
    }
    page
}

/// Neither a web page, nor the path of an item on a page that rustdoc reads as well.
fn is_relative(target: &str) -> bool {
    ["::", "://", "mailto:"].iter().all(|other| !target.contains(other))
}

/// The anchor that GitHub gives to a heading.
fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The target of a link in the file `from`, relative to the repository.
fn resolve(from: &str, target: &str) -> String {
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let mut parts: Vec<&str> = from.split('/').collect();
    if !path.is_empty() {
        parts.pop();
        for part in path.trim_end_matches('/').split('/') {
            match part {
                "." => {}
                ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
                _ => parts.push(part),
            }
        }
    }
    parts.join("/") + &anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default()
}

/// Lines and targets of what a file that is not Markdown says about files in `docs`.
fn mentions(file: &File) -> Vec<(usize, String)> {
    let is_part = |c: char| c.is_alphanumeric() || "/._-#:".contains(c);
    let lines = file.lines().filter(|(_, line)| !file.is("rs") || line.trim_start().starts_with("//"));
    let words = lines.flat_map(|(number, line)| line.split(|c| !is_part(c)).map(move |word| (number, word)));
    let targets = words.filter_map(|(number, word)| {
        let (before, rest) = word.split_once("docs/")?;
        let rest = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
        // Only `docs` of the repository, from wherever it is named.
        (before.trim_start_matches("../").is_empty() && rest.contains(".md"))
            .then(|| (number, format!("docs/{rest}")))
    });
    targets.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let file = |(path, text): &(&str, &str)| File { path: (*path).to_owned(), text: (*text).to_owned() };
        let files: Vec<File> = files.iter().map(file).collect();
        let paths: Vec<String> =
            files.iter().map(|file| file.path.clone()).chain(["LICENSE".to_owned()]).collect();
        violations(&files, &paths).iter().map(Violation::to_string).collect()
    }

    #[test]
    fn links_to_files_folders_headings_and_anchors_resolve() {
        let api = "# The `API`, v2\n\n## Limits\n## Limits\n| <a id=\"b\"></a> | [up](../README.md#top) | [here](#limits-1) |\n";
        let readme = "# Top\n[a](docs/api.md#the-api-v2) [b](docs/api.md#b) ![c](docs/) [d](LICENSE)\n[e]\n\n[e]: ./docs/api.md\n\
            [f](https://example.com/nowhere) [g](crate::nowhere)\n```text\n[h](nowhere)\n```\n";
        let code =
            "//! As ../docs/api.md#limits says, and `docs/api.md`. Not https://example.com/docs/no.md.\n";
        assert_eq!(found(&[("docs/api.md", api), ("README.md", readme), ("src/a.rs", code)]), [""; 0]);
    }

    #[test]
    fn a_link_to_nothing_is_found_with_its_line() {
        let api = ("docs/api.md", "# A\n\n[x](b.md)\n\n[y](../a/b)\n\n[z](#c)\n");
        let code = ("src/a.rs", "//! See docs/api.md#a.\n//! (docs/api.md#b), docs/c.md\n");
        let expected = [
            "docs/api.md:3: links to `docs/b.md`, which does not exist",
            "docs/api.md:5: links to `a/b`, which does not exist",
            "docs/api.md:7: links to `#c`, which `docs/api.md` does not have",
            "src/a.rs:2: links to `#b`, which `docs/api.md` does not have",
            "src/a.rs:2: links to `docs/c.md`, which does not exist",
        ];
        assert_eq!(found(&[api, code]), expected);
    }
}
