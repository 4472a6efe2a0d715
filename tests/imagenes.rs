//! Pages as terminals draw them: the built program in PTYs that answer as kitty, kitty around tmux, WezTerm, xterm with sixel, a bare terminal
//! and one that never answers.

#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::Terminal;
use support::answers::Answers;
use support::service::Service;

/// What a protocol's pictures begin with.
const KITTY: &[u8] = b"\x1b_Ga=t,f=100,";
const KITTY_IN_TMUX: &[u8] = b"\x1bPtmux;\x1b\x1b_Ga=t,f=100,";
const ITERM: &[u8] = b"\x1b]1337;File=inline=1;";
const SIXEL: &[u8] = b"\x1bP0;1;0q";
/// How kitty's pictures are placed and taken away.
const PLACE: &[u8] = b"\x1b_Ga=p,i=";
const UNPLACE: &[u8] = b"\x1b_Ga=d,d=i,";
const FREE: &[u8] = b"\x1b_Ga=d,d=I,";
const CLEAR: &[u8] = b"\x1b[2J";
const HALF_BLOCK: &str = "▀";

fn count(written: &[u8], what: &[u8]) -> usize {
    written.windows(what.len()).filter(|window| *window == what).count()
}

/// Signed in as administrativo, a page on screen.
fn at_work(service: &Service, answers: &Answers, variables: &[(&str, &str)], more: &[&str]) -> Terminal {
    let url = format!("https://{}", service.address);
    let ca = service.ca();
    let mut args = vec!["--server", &url, "--ca", &ca, "--entidad", "norte-seat", "--modelo", "venta-vn"];
    args.extend(more);
    let home = tempfile::tempdir_in(service.dir.path()).unwrap().keep();
    let mut terminal = Terminal::start_as(answers, &args, variables, (200, 50), &home);
    terminal.wait_for("Demostración");
    terminal.keys("3");
    terminal.wait_for("pág. 1/");
    terminal
}

#[test]
fn each_terminal_gets_pictures_its_own_way() {
    let service = Service::start();
    let tmux: &[(&str, &str)] = &[("TMUX", "/tmp/tmux-0/default,1,0"), ("TERM", "tmux-256color")];
    let protocols = [KITTY, KITTY_IN_TMUX, ITERM, SIXEL];
    for (answers, variables, more, wanted) in [
        (Answers::kitty(), &[][..], &[][..], Some(KITTY)),
        (Answers::kitty_in_tmux(), tmux, &[], Some(KITTY_IN_TMUX)),
        (Answers::wezterm(), &[], &[], Some(ITERM)),
        (Answers::xterm_with_sixel(), &[], &[], Some(SIXEL)),
        (Answers::bare(), &[], &[], None),
        (Answers::silent(), &[], &[], None),
        // What the person says counts for more than what the terminal says.
        (Answers::kitty(), &[], &["--preview", "halfblocks"], None),
        (Answers::kitty(), &[], &["--preview", "sixel"], Some(SIXEL)),
        (Answers::bare(), &[], &["--preview", "kitty"], Some(KITTY)),
    ] {
        let mut terminal = at_work(&service, &answers, variables, more);
        match wanted {
            Some(wanted) => terminal.wait_written("a picture", |written| count(written, wanted) > 0),
            None => drop(terminal.wait_for(HALF_BLOCK)),
        }
        // What goes through tmux has kitty's own commands inside.
        let others = protocols.iter().filter(|other| wanted.is_none_or(|wanted| !wanted.ends_with(other)));
        let written = terminal.written();
        assert_eq!(others.map(|other| count(&written, other)).sum::<usize>(), 0, "{answers:?}");
        terminal.keys("q");
        assert_eq!(terminal.end(), 0);
    }
}

#[test]
fn a_popup_lies_over_the_picture_and_leaving_frees_it() {
    let service = Service::start();
    let mut terminal = at_work(&service, &Answers::kitty(), &[], &[]);
    terminal.wait_written("the page", |written| count(written, PLACE) == 1);
    // Around the help the page is placed in pieces; it is not sent again.
    terminal.keys("?");
    terminal.wait_for("Ayuda");
    terminal.wait_written("pieces", |written| count(written, PLACE) > 2);
    let with_popup = count(&terminal.written(), PLACE);
    terminal.keys("\u{1b}");
    terminal.wait_gone("Ayuda");
    terminal.wait_written("the whole page", |written| count(written, PLACE) == with_popup + 1);
    assert_eq!(count(&terminal.written(), KITTY), 1, "sent once");
    assert_eq!(count(&terminal.written(), UNPLACE), 2);
    assert_eq!(count(&terminal.written(), FREE), 0);
    terminal.keys("q");
    terminal.wait_given_back();
    assert_eq!(terminal.end(), 0);
    assert_eq!(count(&terminal.written(), FREE), 1);
}

/// At the sign-in screen, in a terminal that answers so.
fn signing_in(service: &Service, answers: &Answers, variables: &[(&str, &str)]) -> Terminal {
    let url = format!("https://{}", service.address);
    let ca = service.ca();
    let args = ["--server", &url, "--ca", &ca, "--entidad", "norte-seat", "--modelo", "venta-vn"];
    let home = tempfile::tempdir_in(service.dir.path()).unwrap().keep();
    Terminal::start_as(answers, &args, variables, (100, 30), &home)
}

fn wait_user(terminal: &Terminal, name: &str) {
    let is_there = |screen: &str| screen.lines().any(|line| line.contains("Usuario") && line.contains(name));
    terminal.wait(name, is_there);
}

#[test]
fn keys_pressed_while_the_terminal_is_asked_are_keys() {
    let service = Service::start();
    // They come before the answers, between them and after them, arrows and letters of two bytes among them.
    let mut answers = Answers::kitty();
    let text = String::from_utf8(answers.bytes).unwrap();
    let (first, rest) = text.split_once("\x1b[6;").unwrap();
    let (second, last) = rest.split_once("\x1bP").unwrap();
    answers.bytes = format!("lu{first}ñ\x1b[6;{second}iz\x1b[D\x1bP{last}\x1bOCa").into_bytes();
    let terminal = signing_in(&service, &answers, &[]);
    wait_user(&terminal, "luñiza");
}

#[test]
fn keys_pressed_on_a_terminal_that_does_not_answer_are_keys_in_their_order() {
    let service = Service::start();
    // Asked for a second, of which keys see nothing; the last ones come by way of the event stream.
    let terminal = signing_in(&service, &Answers::silent(), &[("SSH_CONNECTION", "1")]);
    terminal.wait_for("Usuario");
    let mut name = String::new();
    for letter in "abcdefghijklmnopqrstuvwxyz".chars() {
        terminal.type_in(&letter.to_string());
        name.push(letter);
        wait_user(&terminal, &name);
    }
    // Esc is one, though answers begin with it, and so is what follows it.
    terminal.type_in("\x1b");
    terminal.type_in("0");
    terminal.wait("what follows Esc", |screen| screen.contains('0'));
}

#[test]
fn a_picture_that_kitty_has_dropped_comes_again() {
    let service = Service::start();
    let mut terminal = at_work(&service, &Answers::kitty(), &[], &[]);
    terminal.wait_written("the page", |written| count(written, PLACE) == 1);
    let written = terminal.written();
    let placed = written.windows(PLACE.len()).position(|window| window == PLACE).unwrap() + PLACE.len();
    let id: Vec<u8> = written[placed..].iter().copied().take_while(u8::is_ascii_digit).collect();
    let lost = format!("\x1b_Gi={},p=1;ENOENT:Put command refers to no image\x1b\\", String::from_utf8(id).unwrap());
    terminal.keys(&lost);
    terminal.wait_written("the page again", |written| count(written, KITTY) == 2 && count(written, PLACE) == 2);
    // Not one of its letters was a key.
    terminal.keys(":");
    assert!(terminal.wait_for("Todas las acciones").contains("pág. 1/"));
    // A terminal that cannot keep it is not sent it for ever.
    terminal.keys(&lost);
    terminal.wait_written("the last time", |written| count(written, KITTY) == 3);
    terminal.keys(&lost);
    terminal.keys("\u{1b}");
    terminal.wait_gone("Todas las acciones");
    assert_eq!(count(&terminal.written(), KITTY), 3);
    terminal.keys("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_terminal_that_answers_late_is_asked_once_more() {
    let service = Service::start();
    let silent = Answers::silent();
    let mut terminal = at_work(&service, &silent, &[], &[]);
    // Nobody waits for its answers any more: the screen is drawn again, for what was asked may stand on it.
    terminal.wait_written("a screen from scratch", |written| count(written, CLEAR) >= 2);
    let kitty = String::from_utf8(Answers::kitty().bytes).unwrap();
    terminal.keys(&kitty);
    terminal.wait_written("the question again", |written| silent.questions(written) >= 2);
    terminal.keys(&kitty);
    terminal.wait_written("the page", |written| count(written, PLACE) > 0);
    terminal.keys("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn answers_that_come_too_late_are_no_keys() {
    let service = Service::start();
    let mut terminal = at_work(&service, &Answers::silent(), &[], &[]);
    terminal.wait_for(HALF_BLOCK);
    terminal.keys(std::str::from_utf8(&Answers::kitty().bytes).unwrap());
    // Were they keys, «q» of «qué» would be too: the palette opens and nothing else has happened.
    terminal.keys(":");
    let screen = terminal.wait_for("Todas las acciones");
    assert!(!screen.contains("Rechazar:") && screen.contains("pág. 1/"), "{screen}");
    terminal.keys("\u{1b}");
    terminal.wait_gone("Todas las acciones");
    terminal.keys("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn terminals_without_pictures_get_the_characters_that_they_draw_themselves() {
    let service = Service::start();
    for (answers, more, (first, last)) in [
        (Answers::gnome_terminal(), &[][..], ('\u{1FB00}', '\u{1FB3B}')),
        (Answers::bare(), &["--preview", "octants"], ('\u{1CD00}', '\u{1CDE5}')),
        (Answers::bare(), &["--preview", "quadrants"], ('▖', '▟')),
    ] {
        let wanted = |screen: &str| screen.chars().any(|c| (first..=last).contains(&c));
        let mut terminal = at_work(&service, &answers, &[], more);
        terminal.wait("the page", wanted);
        terminal.keys("q");
        assert_eq!(terminal.end(), 0);
    }
}

#[test]
fn who_sits_behind_a_tmux_that_passes_nothing_is_told_once() {
    let service = Service::start();
    let tmux: &[(&str, &str)] = &[("TMUX", "/tmp/tmux-0/default,1,0"), ("TERM", "tmux-256color")];
    let url = format!("https://{}", service.address);
    let ca = service.ca();
    let args = ["--server", &url, "--ca", &ca, "--entidad", "norte-seat", "--modelo", "venta-vn"];
    let home = tempfile::tempdir_in(service.dir.path()).unwrap().keep();
    let mut first = Terminal::start_as(&Answers::silent(), &args, tmux, (200, 50), &home);
    first.wait_for("Demostración");
    first.keys("3");
    first.wait_for("allow-passthrough on");
    first.keys("q");
    assert_eq!(first.end(), 0);
    let mut second = Terminal::start_as(&Answers::silent(), &args, tmux, (200, 50), &home);
    second.wait_for("Demostración");
    second.keys("3");
    second.wait_for(HALF_BLOCK);
    assert!(!second.text().contains("allow-passthrough"));
    second.keys("q");
    assert_eq!(second.end(), 0);
}

#[test]
fn another_terminal_that_is_attached_is_asked_anew() {
    let service = Service::start();
    let tmux: &[(&str, &str)] = &[("TMUX", "/tmp/tmux-0/default,1,0"), ("TERM", "tmux-256color")];
    let mut terminal = at_work(&service, &Answers::kitty_in_tmux(), tmux, &[]);
    terminal.wait_written("a picture", |written| count(written, KITTY_IN_TMUX) > 0);
    // Somebody attaches from a terminal that knows no pictures: tmux tells that the window has the focus.
    terminal.answer_as(&Answers::bare_in_tmux());
    terminal.keys("\u{1b}[I");
    terminal.wait_for(HALF_BLOCK);
    // And comes back.
    let sent = count(&terminal.written(), KITTY_IN_TMUX);
    terminal.answer_as(&Answers::kitty_in_tmux());
    terminal.keys("\u{1b}[I");
    terminal.wait_gone(HALF_BLOCK);
    terminal.wait_written("the picture again", |written| count(written, KITTY_IN_TMUX) > sent);
    terminal.keys("q");
    assert_eq!(terminal.end(), 0);
}
