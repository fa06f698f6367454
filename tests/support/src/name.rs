//! What is this test called?

use std::any::type_name;

/// The name libtest knows the running test by.
///
/// libtest names the test's thread after it, except when it runs tests on the main thread. Then the
/// body's type tells: `program::module::test::{{closure}}`.
pub(crate) fn test_name<F>() -> String {
    match std::thread::current().name() {
        Some(name) if name != "main" => name.to_owned(),
        _ => name_from_arguments().unwrap_or_else(name_from_type::<F>),
    }
}

/// `program --exact NAME`, as tools call it that give each test a process of its own.
fn name_from_arguments() -> Option<String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let exact = arguments.iter().any(|argument| argument == "--exact");
    let mut names = arguments
        .into_iter()
        .filter(|argument| !argument.starts_with('-'));
    let name = names.next()?;
    (exact && names.next().is_none()).then_some(name)
}

fn name_from_type<F>() -> String {
    let path = type_name::<F>();
    let path = path.split_once("::").map_or(path, |(_program, path)| path);
    path.split("::{{closure}}")
        .next()
        .unwrap_or(path)
        .to_owned()
}
