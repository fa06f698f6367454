//! The address that is printed is the book's own.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use support::Running;

use crate::repository::{Repository, real_mdbook, served_at};

/// The page at an address, as a browser gets it.
fn page(port: u16) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream
        .write_all(b"GET /page.html HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn two_books_at_once_are_served_at_two_addresses() {
    support::alone(|_room| {
        let repository = Repository::new();
        let mut books = [(); 2].map(|()| Running::start(repository.book(&[])));
        let ports = books.each_mut().map(served_at);
        assert_ne!(ports[0], ports[1]);
        for port in ports {
            assert!(page(port).contains("<title>Page - Small</title>"));
            assert!(repository.path(format!("target/served/{port}")).is_dir());
        }
    });
}

#[test]
fn port_0_prints_the_address_that_it_serves_at() {
    support::alone(|_room| {
        let repository = Repository::new();
        let mut book = Running::start(repository.book(&["--port", "0"]));
        let port = served_at(&mut book);
        assert_ne!(port, 0);
        assert!(page(port).contains("<title>Page - Small</title>"));
    });
}

#[test]
fn taken_port_is_refused_with_eaddrinuse() {
    support::alone(|_room| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let book = Repository::new().book(&["--port", &port.to_string()]);
        let expected =
            format!("another program serves at port {port} (EADDRINUSE): choose another");
        Running::start(book).finish().code(1).stderr_has(expected);
    });
}

#[test]
fn port_taken_while_the_book_is_built_is_passed_over() {
    support::alone(|_room| {
        let repository = Repository::without_mdbook();
        let (asked, go) = (repository.fifo("asked"), repository.fifo("go"));
        // The first time it names its port, and waits until that has been taken.
        let (asked_path, go_path) = (asked.display(), go.display());
        let mdbook = real_mdbook();
        repository.script(
            "target/tools/bin/mdbook",
            &format!(
                "if [ \"$1\" = serve ] && [ -p {asked_path} ]; then\n\
                 echo $5 > {asked_path}; read _ < {go_path}; rm {asked_path}\nfi\n\
                 exec {} \"$@\"\n",
                mdbook.display()
            ),
        );
        let mut book = Running::start(repository.book(&["--port", "0"]));
        let first: u16 = std::fs::read_to_string(&asked).unwrap().trim().parse().unwrap();
        let stranger = TcpListener::bind(("127.0.0.1", first)).unwrap();
        thread::spawn(move || {
            for mut stream in stranger.incoming().flatten() {
                let mut request = [0; 1000];
                // A connection that only looks whether anybody is here sends nothing.
                if stream.read(&mut request).is_ok_and(|count| count > 0) {
                    let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\n\r\n");
                }
            }
        });
        std::fs::write(&go, "\n").unwrap();
        let port = served_at(&mut book);
        assert_ne!(port, first);
        assert!(page(port).contains("<title>Page - Small</title>"));
    });
}

#[test]
fn folder_of_a_stopped_book_is_removed() {
    support::alone(|_room| {
        let repository = Repository::new();
        let stopped = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let left = format!("target/served/{stopped}/index.html");
        repository.write(&left, "");
        served_at(&mut Running::start(repository.book(&["--port", "0"])));
        assert!(!repository.path(left).exists());
    });
}
