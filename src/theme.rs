//! Themes: `themes/*.toml`, styles by purpose. To add one: a file there, a line in `SHIPPED`.

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use std::path::Path;

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorDepth {
    /// None: `NO_COLOR` (no-color.org).
    None,
    /// The terminal's own sixteen.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// 24 bits.
    True,
}

impl ColorDepth {
    /// From `NO_COLOR`, `COLORTERM` and `TERM`.
    pub fn detect() -> Self {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        Self::of(&variable("NO_COLOR"), &variable("COLORTERM"), &variable("TERM"))
    }

    fn of(no_color: &str, colorterm: &str, term: &str) -> Self {
        match (no_color, colorterm, term) {
            ("", _, "dumb") => Self::None,
            ("", "truecolor" | "24bit", _) => Self::True,
            ("", _, term) if term.ends_with("-direct") => Self::True,
            ("", _, term) if term.contains("256color") || term.contains("kitty") => Self::Indexed,
            ("", ..) => Self::Sixteen,
            _ => Self::None,
        }
    }
}

/// Themes that ship: name and file.
const SHIPPED: &[(&str, &str)] = &[
    ("terminal", include_str!("../themes/terminal.toml")),
    ("nocturno", include_str!("../themes/nocturno.toml")),
    ("pizarra", include_str!("../themes/pizarra.toml")),
    ("papel", include_str!("../themes/papel.toml")),
    ("sala", include_str!("../themes/sala.toml")),
    ("contraste", include_str!("../themes/contraste.toml")),
];

macro_rules! styles {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Styles by purpose.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Theme {
            $($(#[$doc])* pub $name: Style,)*
            /// How many colours the terminal shows: pictures need to know.
            pub depth: ColorDepth,
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Texts { $($name: String,)* }

        impl Theme {
            fn from_texts(texts: &Texts, depth: ColorDepth) -> Result<Self, String> {
                let read = Self { $($name: style(&texts.$name, depth).map_err(|error| format!("{}: {error}", stringify!($name)))?,)* depth };
                Ok(read.told_apart())
            }

            /// Every style with its name, for tests.
            pub fn all(&self) -> Vec<(&'static str, Style)> {
                vec![$((stringify!($name), self.$name),)*]
            }
        }
    };
}

styles! {
    /// Plain text, and the background of everything.
    text,
    /// What is secondary.
    dim,
    /// What a row is found by.
    strong,
    /// Border and title of the focused pane.
    accent,
    /// Border and title of the others.
    border,
    /// The selected row of the focused pane.
    selection,
    /// The selected row of another pane.
    selection_dim,
    /// A marked row's glyph.
    mark,
    /// What a search has found within a row.
    found,
    /// Validated, done, on line.
    ok,
    /// Waiting.
    pending,
    /// Rejected, missing, failed, off line.
    bad,
    /// A changed field that is not saved.
    changed,
    /// The field with the cursor.
    field,
    /// A key in the hint line.
    key,
    /// Top line and hint line.
    bar,
    /// Inside of an overlay.
    overlay,
}

impl Default for Theme {
    /// Without any colour: what is shown before a theme could be loaded.
    fn default() -> Self {
        Self::load("terminal", ColorDepth::None, None).unwrap_or_else(|_| {
            let s = Style::new();
            let r = s.add_modifier(Modifier::REVERSED);
            Self {
                text: s,
                dim: s,
                strong: s,
                accent: s,
                border: s,
                selection: r,
                selection_dim: s,
                mark: s,
                found: s,
                ok: s,
                pending: s,
                bad: s,
                changed: s,
                field: s,
                key: s,
                bar: s,
                overlay: s,
                depth: ColorDepth::None,
            }
        })
    }
}

impl Theme {
    /// Those that ship, in the order they are offered.
    pub fn names() -> Vec<&'static str> {
        SHIPPED.iter().map(|(name, _)| *name).collect()
    }

    /// A theme by name: one that ships, or a file of the person's own folder, which wins.
    pub fn load(name: &str, depth: ColorDepth, folder: Option<&Path>) -> Result<Self, String> {
        let own = folder.map(|folder| folder.join(format!("{name}.toml"))).filter(|path| path.exists());
        if let Some(path) = own {
            let text = std::fs::read_to_string(&path).map_err(|error| {
                format!("No se puede leer {}: {}.", path.display(), domain::mistake::of_system(&error))
            })?;
            return Self::parse(&text, depth).map_err(|sentence| format!("{}: {sentence}", path.display()));
        }
        let shipped = SHIPPED.iter().find(|(shipped, _)| *shipped == name);
        let (_, text) =
            shipped.ok_or_else(|| format!("No hay ningún tema «{name}»; los hay: {}.", Self::names().join(", ")))?;
        Self::parse(text, depth)
    }

    /// Reads a theme; a mistake is named with its line.
    pub fn parse(text: &str, depth: ColorDepth) -> Result<Self, String> {
        let texts: Texts = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            format!("línea {line}: {}", domain::mistake::in_spanish(error.message()))
        })?;
        Self::from_texts(&texts, depth)
    }

    /// What few colours have made the same is told apart again: the pale bars by a line, the accent from what waits.
    fn told_apart(mut self) -> Self {
        if matches!(self.depth, ColorDepth::Sixteen | ColorDepth::None) {
            let ground = self.text.bg;
            for pale in [&mut self.selection_dim, &mut self.field] {
                if pale.bg.is_none() || pale.bg == ground {
                    *pale = pale.add_modifier(Modifier::UNDERLINED);
                }
            }
        }
        // Yellow cannot be read on white, nor on a ground that may be white.
        if self.depth == ColorDepth::Sixteen && self.is_pale() && is_yellow(self.pending.fg) {
            self.pending = self.pending.fg(Color::Magenta);
        }
        // An accent that has become the colour of what waits, or the grey of all the rest, is none; nor is cyan on white.
        let white = self.is_pale() && is_grey(self.text.bg);
        let lost = is_yellow(self.accent.fg) || is_grey(self.accent.fg) || white && is_cyan(self.accent.fg);
        if self.depth == ColorDepth::Sixteen && lost {
            let hue = if self.is_pale() { Color::Blue } else { Color::Cyan };
            for style in [&mut self.accent, &mut self.found, &mut self.key] {
                *style = style.fg(hue);
            }
        }
        self
    }

    /// Title of the focused pane: where there are few colours, or they are the terminal's own, on which ground nobody knows, it is a block of
    /// the colours of text, which can be read on any.
    pub fn focused_title(&self) -> Style {
        match self.accent.fg {
            Some(Color::Rgb(..) | Color::Indexed(_)) => self.accent,
            _ => Style { fg: self.text.fg, ..self.accent }.add_modifier(Modifier::REVERSED),
        }
    }

    /// Whether a white page could be lost on the ground of a pane.
    pub fn is_pale(&self) -> bool {
        match self.text.bg {
            Some(Color::Rgb(r, g, b)) => u16::from(r) + u16::from(g) + u16::from(b) > 3 * 128,
            // The cube's and the greys' lighter halves.
            Some(Color::Indexed(index)) => {
                matches!(index, 244..) || (16..232).contains(&index) && (index - 16) % 36 / 6 > 3
            }
            Some(Color::Black | Color::DarkGray) => false,
            _ => true,
        }
    }
}

fn is_grey(color: Option<Color>) -> bool {
    matches!(color, Some(Color::Black | Color::DarkGray | Color::Gray | Color::White))
}

fn is_cyan(color: Option<Color>) -> bool {
    matches!(color, Some(Color::Cyan | Color::LightCyan))
}

fn is_yellow(color: Option<Color>) -> bool {
    matches!(color, Some(Color::Yellow | Color::LightYellow))
}

/// Reads `fg`, `fg on bg`, and modifiers: `cyan bold`, `#d0d0d0 on #1c1f26`, `default dim`.
fn style(text: &str, depth: ColorDepth) -> Result<Style, String> {
    let mut style = Style::new();
    let mut background = false;
    for word in text.split_whitespace() {
        let modifier = match word {
            "on" => {
                background = true;
                continue;
            }
            "bold" => Modifier::BOLD,
            "dim" => Modifier::DIM,
            "italic" => Modifier::ITALIC,
            "underline" => Modifier::UNDERLINED,
            "reverse" => Modifier::REVERSED,
            word => {
                let color: Color = match word {
                    "default" => Color::Reset,
                    word => word.parse().map_err(|_| format!("«{word}» no es un color"))?,
                };
                let color = reduce(color, depth);
                style = if background { style.bg(color) } else { style.fg(color) };
                continue;
            }
        };
        style = style.add_modifier(modifier);
    }
    Ok(style)
}

/// The nearest colour the terminal shows.
fn reduce(color: Color, depth: ColorDepth) -> Color {
    match (color, depth) {
        (_, ColorDepth::None) => Color::Reset,
        (Color::Rgb(r, g, b), ColorDepth::Indexed) => Color::Indexed(graphics::nearest_256([r, g, b])),
        (Color::Rgb(r, g, b), ColorDepth::Sixteen) => graphics::nearest_16(graphics::vivid([r, g, b])),
        (Color::Indexed(_), ColorDepth::Sixteen) => Color::Reset,
        (color, _) => color,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(color: Color) -> Option<f64> {
        let Color::Rgb(r, g, b) = color else { return None };
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        Some(0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b))
    }

    #[test]
    fn every_theme_can_be_read_by_tired_eyes() {
        for name in Theme::names() {
            let theme = Theme::load(name, ColorDepth::True, None).unwrap();
            let least = if name == "contraste" { 7.0 } else { 4.5 };
            for (purpose, style) in theme.all() {
                let (fg, bg) = (style.fg.or(theme.text.fg), style.bg.or(theme.text.bg));
                let Some(ratio) = contrast(fg, bg) else { continue };
                // A border is no text: 3 is what WCAG asks of it.
                let least = if purpose == "border" { 3.0 } else { least };
                assert!(ratio >= least, "{name} {purpose}: {ratio:.1}");
            }
        }
    }

    fn contrast(fg: Option<Color>, bg: Option<Color>) -> Option<f64> {
        let (fg, bg) = (luminance(fg?)?, luminance(bg?)?);
        Some((fg.max(bg) + 0.05) / (fg.min(bg) + 0.05))
    }

    /// States, keys and what is secondary also stand on the two lines, in overlays and in the pale bar.
    #[test]
    fn every_colour_can_be_read_wherever_it_stands() {
        for name in Theme::names() {
            let theme = Theme::load(name, ColorDepth::True, None).unwrap();
            let least = if name == "contraste" { 7.0 } else { 4.5 };
            let colours =
                [theme.dim, theme.strong, theme.accent, theme.mark, theme.ok, theme.pending, theme.bad, theme.key];
            for ground in [theme.bar, theme.overlay, theme.field] {
                for colour in colours {
                    let ratio = contrast(colour.fg, ground.bg);
                    assert!(ratio.is_none_or(|ratio| ratio >= least), "{name} {colour:?} on {ground:?}: {ratio:?}");
                }
            }
        }
    }

    #[test]
    fn fewer_colours_are_the_nearest_ones() {
        for name in Theme::names() {
            for (purpose, style) in Theme::load(name, ColorDepth::Indexed, None).unwrap().all() {
                let rgb = [style.fg, style.bg].into_iter().flatten().any(|color| matches!(color, Color::Rgb(..)));
                assert!(!rgb, "{name} {purpose}");
            }
            let theme = Theme::load(name, ColorDepth::Sixteen, None).unwrap();
            let many = |color: &Color| matches!(color, Color::Rgb(..) | Color::Indexed(_));
            for (purpose, style) in theme.all() {
                assert!(![style.fg, style.bg].iter().flatten().any(many), "{name} {purpose}");
            }
            assert!(matches!(theme.ok.fg, Some(Color::Green | Color::LightGreen)), "{name}");
            let waits = if theme.is_pale() { [Color::Magenta; 2] } else { [Color::Yellow, Color::LightYellow] };
            assert!(theme.pending.fg.is_some_and(|color| waits.contains(&color)), "{name}");
            let (known, cyan) = (theme.text.bg != Some(Color::Reset), is_cyan(theme.accent.fg));
            assert!(!(theme.is_pale() && known && cyan), "{name}: cyan on white");
            assert!(matches!(theme.bad.fg, Some(Color::Red | Color::LightRed)), "{name}");
            assert!(theme.accent.fg != theme.pending.fg && theme.accent.fg != theme.border.fg, "{name}");
            // Bars are bars: by their ground, or by a line.
            for bar in [theme.selection_dim, theme.field] {
                assert!(bar.bg != theme.text.bg || bar.add_modifier.contains(Modifier::UNDERLINED), "{name}");
            }
            assert_ne!(theme.selection, theme.selection_dim, "{name}");
            assert!(theme.focused_title().add_modifier.contains(Modifier::REVERSED), "{name}");
            // Text that ends up as its own background is gone.
            assert!(theme.text.fg != theme.text.bg || theme.text.fg == Some(Color::Reset), "{name}");
            for (purpose, style) in theme.all().into_iter().filter(|(purpose, _)| *purpose != "border") {
                let (fg, bg) = (style.fg.or(theme.text.fg), style.bg.or(theme.text.bg));
                assert!(fg != bg || fg == Some(Color::Reset), "{name} {purpose}");
            }
        }
    }

    #[test]
    fn terminals_say_how_many_colours_they_show() {
        use ColorDepth::*;
        let said = [
            (("", "truecolor", "xterm-256color"), True),
            (("", "", "xterm-direct"), True),
            (("", "", "tmux-256color"), Indexed),
            (("", "", "linux"), Sixteen),
            (("", "", "dumb"), None),
            (("1", "truecolor", "xterm-kitty"), None),
        ];
        for ((no_color, colorterm, term), depth) in said {
            assert_eq!(ColorDepth::of(no_color, colorterm, term), depth, "{no_color} {colorterm} {term}");
        }
    }

    #[test]
    fn the_default_stands_on_the_terminals_own_colours() {
        for (purpose, style) in Theme::load("terminal", ColorDepth::True, None).unwrap().all() {
            for color in [style.fg, style.bg].into_iter().flatten() {
                assert!(!matches!(color, Color::Rgb(..) | Color::Indexed(_)), "{purpose}");
            }
        }
    }

    /// Black on white or white on black: what has to be read is neither yellow nor any colour that only one of them bears.
    #[test]
    fn the_default_can_be_read_on_black_and_on_white() {
        for depth in [ColorDepth::True, ColorDepth::Indexed, ColorDepth::Sixteen] {
            let theme = Theme::load("terminal", depth, None).unwrap();
            for (purpose, style) in theme.all() {
                assert!(!is_yellow(style.fg) && !is_grey(style.fg), "{purpose}");
            }
            for style in [theme.key, theme.found, theme.focused_title(), theme.selection] {
                assert!(matches!(style.fg, None | Some(Color::Reset)), "{style:?}");
            }
        }
    }

    #[test]
    fn mistakes_are_named() {
        let text = SHIPPED[0].1;
        assert!(Theme::parse(&text.replace("dim =", "dimm ="), ColorDepth::True).unwrap_err().contains("dimm"));
        assert!(Theme::parse(&text.replace("cyan", "zyan"), ColorDepth::True).unwrap_err().contains("zyan"));
        assert!(Theme::load("no-hay", ColorDepth::True, None).unwrap_err().contains("terminal"));
    }

    #[test]
    fn without_colour_only_modifiers_are_left() {
        let theme = Theme::load("nocturno", ColorDepth::None, None).unwrap();
        assert!(
            theme
                .all()
                .iter()
                .all(|(_, s)| matches!(s.fg, None | Some(Color::Reset)) && matches!(s.bg, None | Some(Color::Reset)))
        );
        assert!(theme.selection.add_modifier.contains(Modifier::REVERSED));
    }
}
