//! What is this test called?

use std::any::type_name;

/// The name libtest knows the running test by.
///
/// libtest runs each test on a thread with the test's name. Elsewhere (an example in the
/// documentation, a thread that the test started) the type of the test's body has to tell:
/// `program::module::test::{{closure}}`.
pub(crate) fn test_name<F>() -> String {
    match std::thread::current().name() {
        Some(name) if name != "main" => name.to_owned(),
        _ => name_from_type::<F>(),
    }
}

fn name_from_type<F>() -> String {
    let path = type_name::<F>();
    let path = path.split_once("::").map_or(path, |(_program, path)| path);
    path.split("::{{closure}}").next().unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::test_name;

    fn name_for<F: FnOnce()>(_body: F) -> String {
        test_name::<F>()
    }

    #[test]
    fn thread_has_the_name() {
        assert_eq!(name_for(|| {}), "name::tests::thread_has_the_name");
    }

    #[test]
    fn closure_has_the_name_when_the_thread_has_none() {
        let named = std::thread::spawn(|| name_for(|| {})).join();
        let expected = "name::tests::closure_has_the_name_when_the_thread_has_none";
        assert_eq!(named.expect("no panic"), expected);
    }
}
