//! A modelo made ready for filling expedientes: conditions parsed once, fases by their place.

use domain::modelo::Modelo;
use domain::query::{Query, QueryError, matches_indice, parse_condition};
use domain::{CampoId, FaseId, Indice, TipoId};

/// A condition of the configuration; none always holds.
type Condicion = Option<Query>;

/// A modelo with its conditions parsed.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub modelo: Modelo,
    /// Conditions of its fases, in their order.
    fases: Vec<Condicion>,
    /// Its document types: place of their fase, condition.
    tipos: Vec<(usize, Condicion)>,
    /// Its index fields: place of the fase in which they come to be known, condition.
    campos: Vec<(usize, Condicion)>,
}

impl Plan {
    /// Parses what the modelo holds.
    pub(crate) fn new(modelo: &Modelo) -> Result<Self, QueryError> {
        let parse = |si: &Option<String>| si.as_deref().map(|text| parse_condition(text, modelo)).transpose();
        let fases = modelo.fases.iter().map(|f| parse(&f.si)).collect::<Result<_, _>>()?;
        let place = |id: &FaseId| modelo.fase_index(id).unwrap_or_default();
        let tipos = modelo.tipos.iter().map(|t| Ok((place(&t.fase), parse(&t.si)?))).collect::<Result<_, _>>()?;
        let campos =
            modelo.campos.iter().map(|c| Ok((known_from(modelo, &c.id), parse(&c.si)?))).collect::<Result<_, _>>()?;
        Ok(Self { modelo: modelo.clone(), fases, tipos, campos })
    }

    fn holds(&self, condicion: &Condicion, indice: &Indice) -> bool {
        condicion.as_ref().is_none_or(|query| matches_indice(query, indice, &self.modelo))
    }

    /// Places of the fases this index goes through.
    pub(crate) fn road(&self, indice: &Indice) -> Vec<usize> {
        (0..self.fases.len()).filter(|i| self.holds(&self.fases[*i], indice)).collect()
    }

    /// Document types this index asks for, each with the place of its fase.
    pub(crate) fn tipos<'p>(&'p self, indice: &'p Indice) -> impl Iterator<Item = (usize, &'p domain::TipoDocumento)> {
        self.modelo
            .tipos
            .iter()
            .zip(&self.tipos)
            .filter(|(_, (_, si))| self.holds(si, indice))
            .map(|(tipo, (fase, _))| (*fase, tipo))
    }

    /// Index fields this index asks for, each with the place of the fase in which it comes to be known.
    pub(crate) fn campos<'p>(&'p self, indice: &'p Indice) -> impl Iterator<Item = (usize, &'p CampoId)> {
        self.modelo
            .campos
            .iter()
            .zip(&self.campos)
            .filter(|(_, (_, si))| self.holds(si, indice))
            .map(|(campo, (fase, _))| (*fase, &campo.id))
    }

    /// Whether a column of the list stands on this field: the world always fills those that an order begins with.
    pub(crate) fn is_column(&self, campo: &CampoId) -> bool {
        let papeles = &self.modelo.papeles;
        [&papeles.cliente, &papeles.vehiculo, &papeles.pedido, &papeles.importe].contains(&campo)
    }

    /// Id of the fase in that place; the first one when there is none.
    pub(crate) fn fase(&self, place: usize) -> FaseId {
        self.modelo.fases.get(place).map_or_else(|| FaseId::from(""), |fase| fase.id.clone())
    }

    /// Place of the last fase, the closed one.
    pub(crate) fn last(&self) -> usize {
        self.fases.len().saturating_sub(1)
    }

    /// Of the types of that group which this index asks for, how many there are.
    pub(crate) fn group_size(&self, grupo: &str, indice: &Indice) -> u64 {
        self.tipos(indice).filter(|(_, tipo)| tipo.grupo.as_deref() == Some(grupo)).count() as u64
    }

    /// Whether that type is the `place`th of its group.
    pub(crate) fn is_of_group(&self, grupo: &str, place: u64, id: &TipoId, indice: &Indice) -> bool {
        let mut group = self.tipos(indice).filter(|(_, tipo)| tipo.grupo.as_deref() == Some(grupo));
        group.nth(place as usize).is_some_and(|(_, tipo)| tipo.id == *id)
    }
}

/// The fase that asks for a field; for others the one they are usually filled in.
fn known_from(modelo: &Modelo, campo: &CampoId) -> usize {
    if let Some(place) = modelo.fases.iter().position(|fase| fase.campos.contains(campo)) {
        return place;
    }
    let usual = match campo.as_str() {
        "con-tasacion" | "vo-matricula" | "vo-tasacion" | "version" | "email" | "jefe" | "primera-matriculacion" => 0,
        "tipo-cliente" | "marca" | "matricula" => 0,
        "coste" | "apoyo-marca" | "comision" | "reacondicionamiento" | "margen" => 3,
        _ => 1,
    };
    usual.min(modelo.fases.len().saturating_sub(1))
}
