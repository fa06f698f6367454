//! The module that the pages load, `book/simulator/simulator.wasm`: built from today's sources, and
//! of one mind with them.

use std::fs;
use std::path::Path;

use simulator_page::{SOURCES, session_json};
use wasmi::{Engine, Instance, Linker, Memory, Module, Store, WasmParams, WasmResults};

use crate::{book, recorded};

const BUILD: &str = "run `cargo xtask wasm` and commit book/simulator/simulator.wasm";

struct Simulator {
    store: Store<()>,
    instance: Instance,
}

impl Simulator {
    fn load() -> Simulator {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../book/simulator/simulator.wasm");
        let module = fs::read(file)
            .unwrap_or_else(|error| panic!("book/simulator/simulator.wasm: {error}: {BUILD}"));
        let engine = Engine::default();
        let module = Module::new(&engine, module)
            .unwrap_or_else(|error| panic!("this is no module: {error}: {BUILD}"));
        let mut store = Store::new(&engine, ());
        // It asks for nothing of the page's: whatever it imported would be missing here.
        let instance = Linker::new(&engine)
            .instantiate(&mut store, &module)
            .and_then(|instance| instance.start(&mut store))
            .unwrap();
        Simulator { store, instance }
    }

    /// Calls an export.
    fn call<P: WasmParams, R: WasmResults>(&mut self, name: &str, params: P) -> R {
        let function = self.instance.get_typed_func(&self.store, name).unwrap();
        function.call(&mut self.store, params).unwrap()
    }

    fn memory(&self) -> Memory {
        self.instance.get_memory(&self.store, "memory").unwrap()
    }

    fn sources(&mut self) -> String {
        let packed = self.call("sources", ());
        self.text(packed)
    }

    fn session(&mut self, text: &[u8]) -> String {
        let place: u32 = self.call("reserve", text.len() as u32);
        let memory = self.memory();
        memory.write(&mut self.store, place as usize, text).unwrap();
        self.session_at(place, text.len() as u32)
    }

    fn session_at(&mut self, place: u32, len: u32) -> String {
        let packed = self.call("session", (place, len));
        self.text(packed)
    }

    fn text(&self, packed: u64) -> String {
        let (place, len) = ((packed >> 32) as usize, packed as u32 as usize);
        let bytes = self.memory().data(&self.store)[place..place + len].to_vec();
        String::from_utf8(bytes).expect("the module answers in UTF-8")
    }
}

#[test]
fn module_is_built_from_the_sources_of_today() {
    let built_from = Simulator::load().sources();
    assert!(
        built_from == SOURCES,
        "the simulator's sources have changed since the module for the pages was built: {BUILD} (built from {built_from}, now {SOURCES})"
    );
}

/// Plays a session on both.
#[track_caller]
fn assert_plays(simulator: &mut Simulator, name: &str, lines: &str) {
    let module = simulator.session(lines.as_bytes());
    assert_same(name, &module, &session_json(lines));
}

/// Says where two answers part, since each is thousands of characters long.
#[track_caller]
fn assert_same(name: &str, module: &str, native: &str) {
    let parted = module.bytes().zip(native.bytes()).position(|(module, native)| module != native);
    let Some(place) = parted.or((module.len() != native.len()).then_some(0)) else {
        return;
    };
    let part = |answer: &str| {
        String::from_utf8_lossy(
            &answer.as_bytes()[place.saturating_sub(60)..answer.len().min(place + 60)],
        )
        .into_owned()
    };
    panic!("{name}: the module says\n{}\nand the sources\n{}\n{BUILD}", part(module), part(native));
}

#[test]
fn module_answers_as_the_native_model_does() {
    let mut simulator = Simulator::load();
    let recorded = recorded().into_iter().map(|(name, lines)| (name.to_string(), lines));
    for (name, lines) in recorded.chain(book::scenes()) {
        assert_plays(&mut simulator, &name, &lines);
    }
}

#[test]
fn module_answers_every_beginning_of_a_session() {
    let mut simulator = Simulator::load();
    for (name, lines) in recorded() {
        for (end, _) in lines.match_indices('\n').step_by(3) {
            assert_plays(&mut simulator, name, &lines[..end]);
        }
    }
}

#[test]
fn module_survives_bytes_that_are_not_text() {
    let mut simulator = Simulator::load();
    let bytes = b"create 1\nsend 1 \xff\xfe\xc3";
    assert_same(
        "no text",
        &simulator.session(bytes),
        &session_json(&String::from_utf8_lossy(bytes)),
    );
}

#[test]
fn module_reads_nothing_but_what_was_reserved() {
    let mut simulator = Simulator::load();
    let empty = session_json("");
    simulator.session(b"create 1");
    for (place, len) in [(0, 1000), (u32::MAX, u32::MAX), (1 << 20, 8)] {
        assert_same("elsewhere", &simulator.session_at(place, len), &empty);
    }
}

#[test]
fn module_plays_the_largest_session_without_running_out_of_memory() {
    let lines = "limit msgmax 65536\nlimit msgmnb 2147483647\ncreate 1\n".to_string()
        + &"send 1 *65536\n".repeat(497);
    let mut simulator = Simulator::load();
    for _ in 0..3 {
        assert_plays(&mut simulator, "the largest", &lines);
    }
    let megabytes = simulator.memory().data(&simulator.store).len() >> 20;
    assert!(megabytes < 100, "{megabytes} MB");
}
