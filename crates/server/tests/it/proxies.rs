//! Under a sub-path behind Debian's nginx and Caddy, with the blocks that the operator's guide gives.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// A process that ends with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // nginx's master stops its workers when it is asked, not when it is killed.
        let _asked = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ended = self.0.wait();
    }
}

fn guide(path: &str) -> String {
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide").join(path)).unwrap()
}

/// The block of the guide that has this word.
fn block(guide: &str, word: &str) -> String {
    guide.split("```\n").find(|part| part.contains(word)).unwrap_or_else(|| panic!("no {word}")).to_owned()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn curl(arguments: &[&str]) -> String {
    let ran = Command::new("curl").args(["--silent", "--max-time", "20"]).args(arguments).output();
    String::from_utf8_lossy(&ran.expect("curl runs: scripts/install-tools curl").stdout).into_owned()
}

/// A server under `/popote` of a proxy at `port`: itself, and the proxy that was made for the address of the server.
struct Site {
    origin: String,
    set_up: String,
    jar: PathBuf,
    _proxy: Running,
    _server: Running,
    _folder: TempDir,
}

impl Site {
    fn behind(proxy: impl Fn(&Path, u16, &str) -> Command) -> Self {
        let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
        let origin = format!("http://127.0.0.1:{port}");
        let mut server = Command::new(env!("CARGO_BIN_EXE_popote"))
            .args(["serve", "--database-url", "popote.db", "--listen", "127.0.0.1:0"])
            .args(["--public-url", &format!("{origin}/popote"), "--trusted-proxies", "127.0.0.1"])
            .env("POPOTE_CONFIG", "/dev/null")
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines().map(Result::unwrap);
        let server = Running(server);
        let set_up = lines.find(|line| line.contains("/setup/")).unwrap().trim().to_owned();
        let listens = lines.find_map(|line| Some(line.strip_prefix("Popote listens on http://")?.to_owned()));
        let listens = listens.unwrap().split(' ').next().unwrap().to_owned();
        thread::spawn(move || lines.for_each(drop));
        let proxy =
            Running(proxy(folder.path(), port, &listens).spawn().expect("scripts/install-tools nginx caddy"));
        let jar = folder.path().join("cookies");
        let site = Self { origin, set_up, jar, _proxy: proxy, _server: server, _folder: folder };
        let began = Instant::now();
        while !site.get("/popote/").contains("<html") {
            assert!(began.elapsed() < Duration::from_secs(20), "the proxy answers");
            thread::sleep(Duration::from_millis(50));
        }
        site
    }

    fn ask(&self, path: &str, more: &[&str]) -> String {
        let (jar, address) = (self.jar.to_str().unwrap(), format!("{}{path}", self.origin));
        curl(&[&["--cookie", jar, "--cookie-jar", jar], more, &[&*address]].concat())
    }

    fn get(&self, path: &str) -> String {
        self.ask(path, &[])
    }

    fn status(&self, path: &str) -> String {
        self.ask(path, &["--output", "/dev/null", "--write-out", "%{http_code}"])
    }

    fn works(&self) {
        assert!(self.set_up.starts_with(&format!("{}/popote/setup/", self.origin)), "{}", self.set_up);
        let page = self.get("/popote/");
        let own = |attribute: &str| -> Vec<String> {
            let before = format!(" {attribute}=\"");
            let parts = page.split(&before).skip(1);
            parts
                .filter_map(|part| part.split('"').next())
                .filter(|to| to.starts_with('/'))
                .map(str::to_owned)
                .collect()
        };
        let links = [own("href"), own("src"), own("action")].concat();
        assert!(links.len() > 3, "{links:?}");
        for link in &links {
            assert!(link.starts_with("/popote"), "{link} leads out of the sub-path");
        }
        for file in links.iter().filter(|link| link.contains("/assets/")) {
            assert_eq!(self.status(file), "200", "{file}");
        }
        assert!(self.get("/popote/me").contains("href=\"/popote/sign-in"));
        // A form that is sent is answered in Popote's own words.
        let set_up = self.set_up.strip_prefix(&*self.origin).unwrap();
        assert!(self.get(set_up).contains("<form"));
        let refused = self.ask("/popote/c/none/import", &["--form", "text=nom"]);
        assert!(refused.contains("lang=\"fr\""), "{refused}");
        assert!(
            self.get("/other").lines().all(|line| !line.contains("Popote")),
            "beside the sub-path is not Popote"
        );
    }
}

fn nginx(folder: &Path, port: u16, listens: &str, block: &str) -> Command {
    let block = block.replace("127.0.0.1:8080", listens).replace("location / {", "location /popote/ {");
    let path = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {path}/{kind};\n"))
        .concat();
    let settings = format!(
        "daemon off;\npid {path}/nginx.pid;\nerror_log stderr crit;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}\
         server {{\nlisten 127.0.0.1:{port};\n{block}\n}}\n}}\n"
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, settings).unwrap();
    let mut command = Command::new("/usr/sbin/nginx");
    command.arg("-c").arg(file).arg("-p").arg(folder).args(["-e", "stderr"]);
    command
}

fn caddy(folder: &Path, port: u16, listens: &str, block: &str) -> Command {
    let block = block
        .replace("pot.example.org", &format!("http://127.0.0.1:{port}"))
        .replace("reverse_proxy 127.0.0.1:8080", &format!("reverse_proxy /popote/* {listens}"));
    let file = folder.join("Caddyfile");
    fs::write(&file, format!("{{\nadmin off\n}}\n{block}")).unwrap();
    let mut command = Command::new("caddy");
    command.arg("run").arg("--config").arg(file).args(["--adapter", "caddyfile"]);
    command.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
    command.stderr(Stdio::null());
    command
}

#[test]
fn nginx_serves_a_sub_path_as_the_guide_says() {
    for path in ["fr/exploitation.md", "en/operator.md"] {
        let block = block(&guide(path), "proxy_pass");
        Site::behind(|folder, port, listens| nginx(folder, port, listens, &block)).works();
    }
}

#[test]
fn caddy_serves_a_sub_path_as_the_guide_says() {
    for path in ["fr/exploitation.md", "en/operator.md"] {
        let guide = guide(path);
        assert!(guide.contains("`reverse_proxy /popote/* 127.0.0.1:8080`"), "{path}");
        let block = block(&guide, "reverse_proxy");
        Site::behind(|folder, port, listens| caddy(folder, port, listens, &block)).works();
    }
}
