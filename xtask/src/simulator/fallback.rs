//! A block as HTML: what stands on the page without a script, and all that the script needs to take
//! its place.

use simulator_page::{Session, Step};

use super::block::{Block, Line};

/// The whole component. Each of its lines says something: a blank one would end it for Markdown.
pub(super) fn html(block: &Block, start: &Session, end: &Session) -> String {
    let mut out = vec![format!(
        "<section class=\"sim\" id=\"sim-{}\" aria-label=\"{}\" data-setup=\"{}\" data-steps=\"{}\">",
        block.id,
        attribute(&format!("Simulator: {}", block.title.replace('`', ""))),
        attribute(&block.setup_text()),
        attribute(&block.steps_text()),
    )];
    out.push(paragraph("sim-title", &block.title));
    if !block.question.is_empty() {
        out.push(paragraph("sim-question", &block.question));
    }
    if !block.setup.is_empty() {
        out.push(setup(&block.setup));
    }
    out.push("<div class=\"sim-fallback\">".into());
    if block.steps.is_empty() {
        out.push(picture(start));
        let note = "Where the browser runs scripts and WebAssembly, this is a queue to play with.";
        out.push(paragraph("sim-note", note));
    } else if block.question.is_empty() {
        out.push(narrated(&block.steps, end));
        out.push(picture(end));
    } else {
        // The picture of the end would give the answer away.
        out.push(picture(start));
        out.push("<details class=\"sim-fold\">".into());
        out.push("<summary>What happens, step by step</summary>".into());
        out.push(narrated(&block.steps, end));
        out.push(picture(end));
        out.push(paragraph("sim-answer", &block.answer));
        out.push("</details>".into());
    }
    out.push("</div>".into());
    out.push("</section>".into());
    out.join("\n")
}

fn paragraph(class: &str, text: &str) -> String {
    format!("<p class=\"{class}\">{}</p>", prose(text))
}

fn setup(lines: &[Line]) -> String {
    let codes: Vec<String> = lines.iter().map(|line| code(&line.text)).collect();
    let codes = codes.join(" ");
    format!("<p class=\"sim-setup\"><span>Already done:</span> {codes}</p>")
}

fn picture(session: &Session) -> String {
    let lines = session.picture.lines();
    let lines: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).collect();
    lines.join("\n")
}

/// The last of the session's steps, which are those below the question.
fn narrated(steps: &[Line], session: &Session) -> String {
    let before = session.steps.len().saturating_sub(steps.len());
    let items: Vec<String> = session.steps.iter().skip(before).map(item).collect();
    format!("<ol class=\"sim-told\">\n{}\n</ol>", items.join("\n"))
}

fn item(step: &Step) -> String {
    let sentences = step.told.iter();
    let sentences: String = sentences.map(|told| format!("<p>{}</p>", escaped(told))).collect();
    format!("<li>{} {sentences}</li>", code(&step.line))
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// What an author writes: text, and code between backticks. One without its partner stays what it
/// is.
fn prose(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, (inside, after))) =
        rest.split_once('`').and_then(|(before, after)| Some((before, after.split_once('`')?)))
    {
        out.push_str(&escaped(before));
        out.push_str(&code(inside));
        rest = after;
    }
    out.push_str(&escaped(rest));
    out
}

/// Text as the content of an element.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn attribute(text: &str) -> String {
    escaped(text).replace('"', "&quot;").replace('\n', "&#10;")
}
