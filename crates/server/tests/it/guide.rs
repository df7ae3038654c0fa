//! The guides keep up with the program: every command and every setting is in the operator's guide, in both languages.

use std::{fs, path::PathBuf, process::Command};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn guides() -> [(String, String); 2] {
    ["docs/guide/fr/exploitation.md", "docs/guide/en/operator.md"]
        .map(|path| (path.to_owned(), fs::read_to_string(root().join(path)).unwrap()))
}

fn popote(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_popote")).args(arguments).output().unwrap();
    assert!(output.status.success(), "popote {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The names under « Commands: » of a help text.
fn commands(help: &str) -> Vec<String> {
    help.lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|name| name != "help")
        .collect()
}

#[test]
fn every_command_is_in_the_guide_and_has_an_example() {
    let names = commands(&popote(&["--help"]));
    assert!(names.len() >= 10, "{names:?}");
    for name in &names {
        for (path, guide) in guides() {
            assert!(guide.contains(&format!("popote {name}")), "{path} does not tell of `popote {name}`");
        }
        let help = popote(&[name, "--help"]);
        let shown = help.contains("Example");
        for inner in commands(&help) {
            let help = popote(&[name, &inner, "--help"]);
            assert!(shown || help.contains("Example"), "popote {name} {inner} --help has no example");
        }
        assert!(shown || !commands(&help).is_empty(), "popote {name} --help has no example");
    }
}

#[test]
fn every_setting_is_in_the_guide() {
    let folder = tempfile::tempdir().unwrap();
    let printed = Command::new(env!("CARGO_BIN_EXE_popote"))
        .args(["serve", "--print-config"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    let keys: Vec<&str> =
        printed.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect();
    assert!(keys.len() >= 7, "{printed}");
    for key in keys {
        let flag = format!("--{}", key.replace('_', "-"));
        let variable = format!("POPOTE_{}", key.to_uppercase());
        for (path, guide) in guides() {
            for name in [key, &flag, &variable] {
                assert!(guide.contains(&format!("`{name}`")), "{path} does not tell of {name}");
            }
        }
    }
}

#[test]
fn the_readme_names_files_that_are_there() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut checked = 0;
    for target in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        if !target.contains("://") {
            assert!(root().join(target).exists(), "README.md links to {target}");
            checked += 1;
        }
    }
    assert!(checked >= 10);
}

/// A proxy must let through what Popote takes: it is Popote that says in a page that something is too large.
#[test]
fn the_proxy_of_the_guide_lets_through_what_is_taken() {
    for (path, guide) in guides() {
        let (_, rest) = guide.split_once("client_max_body_size ").unwrap();
        let (size, _) = rest.split_once("m;").unwrap();
        let bytes = size.parse::<usize>().unwrap() << 20;
        let largest = web::LARGEST_UPLOAD.max(web::LARGEST_FORM);
        assert!(bytes > largest, "{path}: {size}m is below {largest} bytes");
        assert!(bytes < 2 * largest, "{path}: {size}m is far above what is taken");
    }
}

/// The commands of a text that stand in blocks of their own.
fn blocks(text: &str) -> Vec<&str> {
    let inside = text.split("```").enumerate().filter(|(at, _)| at % 2 == 1);
    inside.flat_map(|(_, block)| block.lines()).map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// What the README tells to type is what the check before a release types.
#[test]
fn the_commands_of_the_readme_are_run() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let run = fs::read_to_string(root().join(".ci/run")).unwrap();
    let release = fs::read_to_string(root().join("scripts/check-release")).unwrap();
    let commands = blocks(&readme);
    assert!(commands.contains(&"cargo run --release -- demo"), "{commands:?}");
    for command in commands {
        let checked = match command.strip_prefix("./").unwrap_or(command).strip_prefix("popote ") {
            // The release binary stands in for the one that is installed.
            Some(arguments) => release.contains(&format!("\"$binary\" {arguments}")),
            None => run.lines().any(|line| line.trim() == command) || release.contains(command),
        };
        assert!(checked, "`{command}` of the README is run neither by .ci/run nor by scripts/check-release");
    }
}

#[test]
fn the_readme_names_every_guide() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for language in ["fr", "en"] {
        for entry in fs::read_dir(root().join("docs/guide").join(language)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(
                readme.contains(&format!("docs/guide/{language}/{name}")),
                "README.md omits {language}/{name}"
            );
        }
    }
}

/// What the standard asks at levels 1 and 2, section by section: numbers that it has given up are not asked.
const ASVS: [(&str, &[u8]); 67] = [
    ("1.1", &[1, 2, 3, 4, 5, 6, 7]),
    ("1.2", &[1, 2, 3, 4]),
    ("1.4", &[1, 4, 5]),
    ("1.5", &[1, 2, 3, 4]),
    ("1.6", &[1, 2, 3, 4]),
    ("1.7", &[1, 2]),
    ("1.8", &[1, 2]),
    ("1.9", &[1, 2]),
    ("1.10", &[1]),
    ("1.11", &[1, 2]),
    ("1.12", &[2]),
    ("1.14", &[1, 2, 3, 4, 5, 6]),
    ("2.1", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ("2.2", &[1, 2, 3]),
    ("2.3", &[1, 2, 3]),
    ("2.4", &[1, 2, 3, 4, 5]),
    ("2.5", &[1, 2, 3, 4, 5, 6, 7]),
    ("2.6", &[1, 2, 3]),
    ("2.7", &[1, 2, 3, 4, 5, 6]),
    ("2.8", &[1, 2, 3, 4, 5, 6, 7]),
    ("2.9", &[1, 2, 3]),
    ("2.10", &[1, 2, 3, 4]),
    ("3.1", &[1]),
    ("3.2", &[1, 2, 3, 4]),
    ("3.3", &[1, 2, 3, 4]),
    ("3.4", &[1, 2, 3, 4, 5]),
    ("3.5", &[1, 2, 3]),
    ("3.7", &[1]),
    ("4.1", &[1, 2, 3, 5]),
    ("4.2", &[1, 2]),
    ("4.3", &[1, 2, 3]),
    ("5.1", &[1, 2, 3, 4, 5]),
    ("5.2", &[1, 2, 3, 4, 5, 6, 7, 8]),
    ("5.3", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ("5.4", &[1, 2, 3]),
    ("5.5", &[1, 2, 3, 4]),
    ("6.1", &[1, 2, 3]),
    ("6.2", &[1, 2, 3, 4, 5, 6]),
    ("6.3", &[1, 2]),
    ("6.4", &[1, 2]),
    ("7.1", &[1, 2, 3, 4]),
    ("7.2", &[1, 2]),
    ("7.3", &[1, 3, 4]),
    ("7.4", &[1, 2, 3]),
    ("8.1", &[1, 2, 3, 4]),
    ("8.2", &[1, 2, 3]),
    ("8.3", &[1, 2, 3, 4, 5, 6, 7, 8]),
    ("9.1", &[1, 2, 3]),
    ("9.2", &[1, 2, 3, 4]),
    ("10.2", &[1, 2]),
    ("10.3", &[1, 2, 3]),
    ("11.1", &[1, 2, 3, 4, 5, 6, 7, 8]),
    ("12.1", &[1, 2, 3]),
    ("12.2", &[1]),
    ("12.3", &[1, 2, 3, 4, 5, 6]),
    ("12.4", &[1, 2]),
    ("12.5", &[1, 2]),
    ("12.6", &[1]),
    ("13.1", &[1, 3, 4, 5]),
    ("13.2", &[1, 2, 3, 5, 6]),
    ("13.3", &[1, 2]),
    ("13.4", &[1, 2]),
    ("14.1", &[1, 2, 3, 4]),
    ("14.2", &[1, 2, 3, 4, 5, 6]),
    ("14.3", &[2, 3]),
    ("14.4", &[1, 2, 3, 4, 5, 6, 7]),
    ("14.5", &[1, 2, 3, 4]),
];

/// Whether a test of that name stands in a text, as a function of its own.
fn has_test(text: &str, name: &str) -> bool {
    text.split("fn ").skip(1).any(|rest| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with('(')))
}

#[test]
fn the_checklist_of_the_standard_is_whole_and_cites_what_is_there() {
    let list = fs::read_to_string(root().join("docs/asvs.md")).unwrap();
    let rows: Vec<Vec<&str>> = list
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| No."))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let numbers: Vec<String> = rows.iter().map(|row| row[0].to_owned()).collect();
    let mut asked: Vec<String> = Vec::new();
    for (section, parts) in ASVS {
        asked.extend(parts.iter().map(|part| format!("{section}.{part}")));
    }
    assert_eq!(numbers, asked, "each number of the standard once, in its order");
    let mut cited = 0;
    for row in &rows {
        let [number, _, state, how] = row.as_slice() else { panic!("{row:?}") };
        assert!(["met", "partly", "open", "n/a"].contains(state), "{number} is {state}");
        assert!(!how.is_empty() && !how.contains("TODO"), "{number}");
        for quoted in how.split('`').skip(1).step_by(2) {
            let (path, test) =
                quoted.split_once("::").map_or((quoted, None), |(path, test)| (path, Some(test)));
            let known = ["crates/", "docs/", "packaging/", "scripts/", ".ci/"];
            if test.is_none() && !known.iter().any(|start| path.starts_with(start)) {
                continue;
            }
            cited += 1;
            let place = root().join(path);
            assert!(place.exists(), "{number} cites {path}");
            if let Some(test) = test {
                let text = fs::read_to_string(&place).unwrap();
                assert!(has_test(&text, test), "{number} cites {test}, which isn't in {path}");
            }
        }
    }
    assert!(cited > 200, "{cited}");
}
