//! Serves the page to this machine's browsers, and to nobody else.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::net::Ipv4Addr;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use percent_encoding::percent_decode_str;
use tiny_http::{Header, Method, Request, Response, Server};

use crate::build;
use crate::failure::{Failure, OnPath};
use crate::tools::Project;

const USUAL_PORT: u16 = 8080;
/// A page loads a handful of files at once.
const THREADS: usize = 4;

/// `cargo xtask demo [--port N]`.
pub(crate) fn demo(args: &[String]) -> Result<ExitCode, Failure> {
    let wanted = port(args)?;
    let project = Project::find()?;
    let site = build::site(&project)?;
    let server = Arc::new(listen(wanted)?);
    println!("\nThe page is at http://{}/  (Ctrl-C ends it)", server.server_addr());
    serve(&server, &site)?;
    Ok(ExitCode::SUCCESS)
}

fn port(args: &[String]) -> Result<Option<u16>, Failure> {
    let value = match args {
        [] => return Ok(None),
        [flag, value] if flag == "--port" => value.as_str(),
        [one] => one.strip_prefix("--port=").unwrap_or_default(),
        _ => "",
    };
    match value.parse() {
        Ok(port) => Ok(Some(port)),
        Err(_) => Err(Failure::new(
            format!("`demo {}` is not understood", args.join(" ")),
            "give nothing, or --port and a number from 0 (any free port) to 65535",
        )),
    }
}

/// The port that was asked for, or else the usual one, or else whichever is free.
fn listen(wanted: Option<u16>) -> Result<Server, Failure> {
    let open = |port: u16| Server::http((Ipv4Addr::LOCALHOST, port));
    let opened = match wanted {
        Some(port) => open(port),
        None => open(USUAL_PORT).or_else(|_| open(0)),
    };
    opened.map_err(|error| {
        let port = wanted.map_or_else(|| "a free port".to_string(), |port| format!("port {port}"));
        let remedy = "name another port, or leave --port out to get a free one";
        Failure::new(format!("could not listen on {port} of 127.0.0.1: {error}"), remedy)
    })
}

/// Answers requests until the process ends.
fn serve(server: &Arc<Server>, site: &Path) -> Result<(), Failure> {
    let site = site.canonicalize().on("find", site)?;
    let workers: Vec<_> = (0..THREADS)
        .map(|_| {
            let (server, site) = (Arc::clone(server), site.clone());
            thread::spawn(move || {
                for request in server.incoming_requests() {
                    answer(request, &site);
                }
            })
        })
        .collect();
    for worker in workers {
        if worker.join().is_err() {
            return Err(Failure::from("the server stopped".to_string()));
        }
    }
    Ok(())
}

fn answer(request: Request, site: &Path) {
    // Whoever asked may have gone away meanwhile, which is no matter of ours.
    let _ = match found(request.method(), request.url(), site) {
        Found::File(file, mime) => {
            let response = Response::from_file(file).with_chunked_threshold(usize::MAX);
            let headers = [
                ("Content-Type", mime),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ];
            request.respond(with(response, &headers))
        }
        Found::Moved(to) => request.respond(with(Response::empty(301), &[("Location", &to)])),
        Found::Nothing => request.respond(Response::from_string("Not found\n").with_status_code(404)),
        Found::WrongMethod => request.respond(with(Response::empty(405), &[("Allow", "GET, HEAD")])),
    };
}

/// Adds headers; all are ASCII, an address by having come as one.
fn with<R: Read>(response: Response<R>, headers: &[(&str, &str)]) -> Response<R> {
    let headers = headers.iter().filter_map(|(name, value)| Header::from_bytes(*name, *value).ok());
    headers.fold(response, Response::with_header)
}

enum Found {
    File(File, &'static str),
    Moved(String),
    Nothing,
    WrongMethod,
}

fn found(method: &Method, url: &str, site: &Path) -> Found {
    if !matches!(method, Method::Get | Method::Head) {
        return Found::WrongMethod;
    }
    let address = url.split(['?', '#']).next().unwrap_or_default();
    let Some(below) = path_of(address) else { return Found::Nothing };
    // A link inside the site that leads out of it is not followed.
    let Ok(path) = site.join(&below).canonicalize() else { return Found::Nothing };
    if !path.starts_with(site) {
        return Found::Nothing;
    }
    if path.is_dir() && !address.ends_with('/') {
        return Found::Moved(format!("{address}/"));
    }
    let path = if path.is_dir() { path.join("index.html") } else { path };
    open(&path).map_or(Found::Nothing, |file| Found::File(file, mime_of(&path)))
}

fn open(path: &Path) -> io::Result<File> {
    if path.is_file() { File::open(path) } else { Err(io::ErrorKind::NotFound.into()) }
}

/// The path below the site that an address asks for; none for an address that no link of the site has.
fn path_of(address: &str) -> Option<PathBuf> {
    let address = percent_decode_str(address.strip_prefix('/')?).decode_utf8().ok()?;
    if address.contains(['\\', ':', '\0']) || address.starts_with('/') || address.contains("//") {
        return None;
    }
    let path = PathBuf::from(address.into_owned());
    path.components().all(|component| matches!(component, Component::Normal(_))).then_some(path)
}

fn mime_of(path: &Path) -> &'static str {
    match path.extension().and_then(OsStr::to_str).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{create_dir_all, write};
    use std::io::{Read, Write};
    use std::net::TcpStream;

    fn args(args: &[&str]) -> Vec<String> {
        args.iter().map(|arg| arg.to_string()).collect()
    }

    #[test]
    fn ports_are_numbers_or_nothing() {
        assert_eq!(port(&[]).unwrap(), None);
        assert_eq!(port(&args(&["--port", "9000"])).unwrap(), Some(9000));
        assert_eq!(port(&args(&["--port=0"])).unwrap(), Some(0));
        for wrong in
            [&["--port"][..], &["--port", "65536"], &["--port", "x"], &["9000"], &["--port", "1", "2"]]
        {
            assert!(port(&args(wrong)).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_taken_port_is_an_error_only_when_it_was_asked_for() {
        let first = listen(Some(0)).unwrap();
        let taken = first.server_addr().to_ip().unwrap().port();
        let failure = listen(Some(taken)).err().unwrap();
        assert!(failure.to_string().contains(&format!("port {taken}")), "{failure}");
        let (usual, other) = (listen(None).unwrap(), listen(None).unwrap());
        assert_ne!(usual.server_addr().to_ip(), other.server_addr().to_ip());
    }

    #[test]
    fn addresses_stay_below_the_site() {
        let cases = [
            ("/", Some("")),
            ("/index.html", Some("index.html")),
            ("/data/", Some("data")),
            ("/backorder/wasm/backorder_bg.wasm", Some("backorder/wasm/backorder_bg.wasm")),
            ("/caf%C3%A9%20x.json", Some("caf\u{e9} x.json")),
            ("", None),
            ("index.html", None),
            ("/..", None),
            ("/../secret", None),
            ("/a/../../secret", None),
            ("/%2e%2e/secret", None),
            ("/..%2fsecret", None),
            ("/..\\secret", None),
            ("/%5c..%5csecret", None),
            ("//etc/passwd", None),
            ("/%2fetc/passwd", None),
            ("/a%2f%2fb", None),
            ("/C:/secret", None),
            ("/a%00b", None),
            ("/%ff", None),
        ];
        for (address, path) in cases {
            assert_eq!(path_of(address), path.map(PathBuf::from), "{address}");
        }
    }

    /// Sends one request as it stands and returns the head and the body of the answer.
    fn ask(server: &Server, request: &str) -> (String, String) {
        let mut stream = TcpStream::connect(server.server_addr().to_ip().unwrap()).unwrap();
        write!(stream, "{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        let (head, body) = reply.split_once("\r\n\r\n").unwrap();
        (head.to_string(), body.to_string())
    }

    #[test]
    fn answers_as_a_static_server_does() {
        let root = std::env::temp_dir().join(format!("xtask-serve-{}", std::process::id()));
        let site = root.join("site");
        create_dir_all(site.join("data")).unwrap();
        write(root.join("secret"), "secret").unwrap();
        write(site.join("index.html"), "the page").unwrap();
        write(site.join("a.wasm"), "x".repeat(100_000)).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("secret"), site.join("link")).unwrap();
        let server = Arc::new(listen(Some(0)).unwrap());
        let serving = Arc::clone(&server);
        let directory = site.clone();
        thread::spawn(move || serve(&serving, &directory));

        let (head, body) = ask(&server, "GET /?x=1");
        assert!(head.starts_with("HTTP/1.1 200") && head.contains("text/html; charset=utf-8"), "{head}");
        assert!(head.contains("Cache-Control: no-store"), "{head}");
        assert_eq!(body, "the page");
        let (head, body) = ask(&server, "HEAD /a.wasm");
        assert!(head.contains("Content-Type: application/wasm"), "{head}");
        assert!(head.contains("Content-Length: 100000"), "{head}");
        assert_eq!(body, "");
        assert_eq!(ask(&server, "GET /a.wasm").1.len(), 100_000);
        let (head, _) = ask(&server, "GET /data");
        assert!(head.starts_with("HTTP/1.1 301") && head.contains("Location: /data/"), "{head}");
        assert!(ask(&server, "POST /").0.starts_with("HTTP/1.1 405"));
        for nothing in ["/data/", "/none", "/../secret", "/%2e%2e/secret", "/link"] {
            let (head, body) = ask(&server, &format!("GET {nothing}"));
            assert!(head.starts_with("HTTP/1.1 404") && !body.contains("secret"), "{nothing}: {head}");
        }
        std::fs::remove_dir_all(&root).unwrap();
    }
}
