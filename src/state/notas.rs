//! Notes and avisos: those of the selected expediente, the one being written, and those to the person at work.

use super::Load;
use crate::i18n::Text;
use api::aviso::{AvisoVista, Destinatario, MiAviso, MisAvisos};
use api::expediente::ExpedienteDetalle;
use api::nota::NotaVista;
use domain::{AvisoId, ExpedienteId, NotaId};
use jiff::civil::Date;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tui_input::Input;

/// A note or an aviso, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cual {
    /// A note.
    Nota(NotaId),
    /// An aviso.
    Aviso(AvisoId),
}

/// A line of the overlay "Notas y avisos".
#[derive(Debug, Clone, Copy)]
pub enum Entrada<'a> {
    /// A note.
    Nota(&'a NotaVista),
    /// An aviso.
    Aviso(&'a AvisoVista),
}

impl<'a> Entrada<'a> {
    /// Its id.
    pub fn cual(self) -> Cual {
        match self {
            Self::Nota(nota) => Cual::Nota(nota.id),
            Self::Aviso(aviso) => Cual::Aviso(aviso.id),
        }
    }

    /// What it says.
    pub fn texto(self) -> &'a str {
        match self {
            Self::Nota(nota) => &nota.texto,
            Self::Aviso(aviso) => &aviso.texto,
        }
    }

    /// User name of its author.
    pub fn por(self) -> &'a str {
        match self {
            Self::Nota(nota) => &nota.por,
            Self::Aviso(aviso) => &aviso.por,
        }
    }
}

/// What is to be done first, what was noted then, what is done last.
pub fn entradas(detalle: &ExpedienteDetalle) -> Vec<Entrada<'_>> {
    let (done, open): (Vec<&AvisoVista>, Vec<&AvisoVista>) =
        detalle.avisos.iter().partition(|aviso| aviso.hecho.is_some());
    let notas = detalle.notas.iter().map(Entrada::Nota);
    open.into_iter().map(Entrada::Aviso).chain(notas).chain(done.into_iter().map(Entrada::Aviso)).collect()
}

/// How many notes an expediente has, and how many avisos that are not done.
pub fn cuantas(detalle: &ExpedienteDetalle) -> (usize, usize) {
    (detalle.notas.len(), detalle.avisos.iter().filter(|aviso| aviso.hecho.is_none()).count())
}

/// The overlay "Notas y avisos".
#[derive(Debug, Clone)]
pub struct Notas {
    /// Whose.
    pub expediente: ExpedienteId,
    /// The selected one; the first when it is gone.
    pub selected: Option<Cual>,
    /// The selected one is read whole: lines scrolled down.
    pub reading: Option<usize>,
}

impl Notas {
    /// Place of the selected one among these.
    pub fn place(&self, entradas: &[Entrada<'_>]) -> usize {
        entradas.iter().position(|entrada| Some(entrada.cual()) == self.selected).unwrap_or_default()
    }
}

/// The overlay "Mis avisos".
#[derive(Debug, Clone, Default)]
pub struct ListaAvisos {
    /// The selected one; the first when it is gone.
    pub selected: Option<AvisoId>,
    /// Those that were done, or opened again, since the list was opened: each with the place where it stays.
    pub turned: Vec<(usize, MiAviso)>,
}

impl ListaAvisos {
    /// The rows: what the service says, and what was done here in its place.
    pub fn rows(&self, items: &[MiAviso]) -> Vec<MiAviso> {
        let turned = |id| self.turned.iter().any(|(_, mine)| mine.aviso.id == id);
        let mut rows: Vec<MiAviso> = items.iter().filter(|mine| !turned(mine.aviso.id)).cloned().collect();
        for (place, mine) in &self.turned {
            rows.insert((*place).min(rows.len()), mine.clone());
        }
        rows
    }

    /// This one is as it was made here, in this place.
    pub fn turn(&mut self, place: usize, mine: MiAviso) {
        self.forget(mine.aviso.id);
        // From the top down, so that each finds its place among those before it.
        let at = self.turned.iter().position(|(other, _)| *other > place).unwrap_or(self.turned.len());
        self.turned.insert(at, (place, mine));
    }

    /// The service has refused it: it is as the service says.
    pub fn forget(&mut self, id: AvisoId) {
        self.turned.retain(|(_, other)| other.aviso.id != id);
    }

    /// Place of the selected one among these.
    pub fn place(&self, avisos: &[MiAviso]) -> usize {
        avisos.iter().position(|mine| Some(mine.aviso.id) == self.selected).unwrap_or_default()
    }
}

/// The open avisos to the person at work, in all entidades.
#[derive(Debug, Clone, Default)]
pub struct Avisos {
    /// What the service says.
    pub mine: Load<MisAvisos>,
    /// They have changed: asked for again soon.
    pub due: bool,
    /// Changed while they were on their way: asked for once more.
    pub again: bool,
    /// An aviso that is shown among the notes of its expediente as soon as that has come, unless the person does something else before.
    pub to_show: Option<(ExpedienteId, AvisoId)>,
    /// Number of an expediente that is shown as soon as its modelo is on screen.
    pub go_to: Option<String>,
    /// Who may be the addressee in the expediente in which it was last asked.
    pub personas: Option<(ExpedienteId, Vec<Destinatario>)>,
    /// The same text sent to several expedientes, until the last of them is answered.
    pub lotes: Vec<Lote>,
}

/// The same note or aviso in several expedientes: told together.
#[derive(Debug, Clone, Default)]
pub struct Lote {
    /// Keys of the writes that are not answered yet.
    pub pending: BTreeSet<String>,
    /// How many are done.
    pub done: usize,
    /// What comes back of those that were refused.
    pub refused: Option<Escritura>,
}

impl Avisos {
    /// The first of them.
    pub fn items(&self) -> &[MiAviso] {
        self.mine.value.as_ref().map_or(&[], |mine| &mine.items)
    }

    /// How many there are, and whether one is past its day.
    pub fn count(&self, today: Date) -> (u32, bool) {
        let total = self.mine.value.as_ref().map_or(0, |mine| mine.total);
        (total, self.items().iter().any(|mine| is_overdue(&mine.aviso, today)))
    }
}

/// Whether it was to be done before today, and is not.
pub fn is_overdue(aviso: &AvisoVista, today: Date) -> bool {
    let day = aviso.vence.as_deref().and_then(|day| day.parse::<Date>().ok());
    aviso.hecho.is_none() && day.is_some_and(|day| day < today)
}

/// What is being written, as text: how it is kept on this machine, and how it comes back when the service has refused it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escritura {
    /// Of which expediente.
    pub expediente: ExpedienteId,
    /// Likewise in these, which were marked with it.
    #[serde(default)]
    pub otros: Vec<ExpedienteId>,
    /// Its number, for people.
    pub numero: String,
    /// The one that is changed; none for a new one.
    pub cual: Option<Cual>,
    /// The text.
    pub texto: String,
    /// To whom and by when; none for a note.
    pub encargo: Option<EncargoEscrito>,
    /// Why the service has refused it.
    #[serde(skip)]
    pub error: Option<String>,
}

/// To whom and by when, as text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EncargoEscrito {
    /// User name of the addressee.
    pub para: String,
    /// Full name of the addressee, as far as it is known.
    pub nombre: String,
    /// What was typed as the day.
    pub vence: String,
}

/// Fields of the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Campo {
    /// The text.
    Texto,
    /// The addressee.
    Para,
    /// The day.
    Vence,
}

/// A note or an aviso being written.
#[derive(Debug, Clone)]
pub struct Escrito {
    /// Of which expediente.
    pub expediente: ExpedienteId,
    /// Likewise in these, which were marked with it.
    pub otros: Vec<ExpedienteId>,
    /// Its number, for people.
    pub numero: String,
    /// The one that is changed; none for a new one.
    pub cual: Option<Cual>,
    /// The text.
    pub area: TextArea<'static>,
    /// To whom and by when; none for a note.
    pub encargo: Option<Encargo>,
    /// The field with the cursor.
    pub campo: Campo,
    /// What it was before.
    pub antes: (String, Option<EncargoEscrito>),
    /// What is wrong with it.
    pub error: Option<Text>,
}

/// To whom and by when.
#[derive(Debug, Clone)]
pub struct Encargo {
    /// User name of the addressee; empty when nobody is chosen.
    pub para: String,
    /// Full name, as far as it is known.
    pub nombre: String,
    /// Whether the person has chosen the addressee: else a better one may take the place.
    pub chosen: bool,
    /// The day, as typed.
    pub vence: Input,
    /// Nothing has been typed since the cursor came into the day: the first character takes its place.
    pub fresh: bool,
    /// The addressee of an aviso may change its day alone.
    pub only_day: bool,
    /// Who may be the addressee.
    pub personas: Load<Vec<Destinatario>>,
}

impl Escrito {
    /// The editor, with this in it.
    pub fn new(from: Escritura, only_day: bool) -> Self {
        let mut area = TextArea::from(domain::texto::clean_block(&from.texto).lines());
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        let encargo = from.encargo.clone().map(|encargo| Encargo {
            para: encargo.para,
            nombre: encargo.nombre,
            chosen: from.cual.is_some(),
            fresh: only_day && !encargo.vence.is_empty(),
            vence: encargo.vence.into(),
            only_day,
            personas: Load::default(),
        });
        Self {
            expediente: from.expediente,
            otros: from.otros,
            numero: from.numero,
            cual: from.cual,
            area,
            encargo,
            campo: if only_day { Campo::Vence } else { Campo::Texto },
            antes: (from.texto, from.encargo),
            error: from.error.map(Text::Ready),
        }
    }

    /// The text as it stands.
    pub fn texto(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Characters of the text.
    pub fn len(&self) -> usize {
        let lines = self.area.lines();
        lines.iter().map(|line| line.chars().count()).sum::<usize>() + lines.len().saturating_sub(1)
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// What it is, as text.
    pub fn escritura(&self) -> Escritura {
        let encargo = self.encargo.as_ref().map(|encargo| EncargoEscrito {
            para: encargo.para.clone(),
            nombre: encargo.nombre.clone(),
            vence: encargo.vence.value().to_owned(),
        });
        let (expediente, otros, cual) = (self.expediente, self.otros.clone(), self.cual);
        Escritura { expediente, otros, numero: self.numero.clone(), cual, texto: self.texto(), encargo, error: None }
    }

    /// The addressee it began with; empty when there was none.
    pub fn given(&self) -> String {
        self.antes.1.as_ref().map(|encargo| encargo.para.clone()).unwrap_or_default()
    }

    /// The cursor has come into a field.
    pub fn come_into(&mut self) {
        let day = self.campo == Campo::Vence;
        if let Some(encargo) = &mut self.encargo {
            encargo.fresh = day && !encargo.vence.value().is_empty();
        }
    }

    /// Whether anything would be lost by leaving it: of a new one its text alone counts.
    pub fn is_changed(&self) -> bool {
        if self.cual.is_none() {
            return !self.is_empty();
        }
        let now = self.escritura();
        (now.texto, now.encargo) != self.antes
    }
}
