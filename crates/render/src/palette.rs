//! Sixteen colours for a page, by median cut.
//!
//! Boxes are split where colours lie furthest apart rather than where most pixels are: a page is mostly paper, and
//! sixteen shades of paper would cost bytes and show nothing. Colours are counted in 15 bits, five to a channel.

use image::RgbImage;

/// A palette and the picture in its terms.
pub struct Paleta {
    /// At most 16 colours, dark to light.
    pub colores: Vec<[u8; 3]>,
    /// For each pixel the place of its colour.
    pub indices: Vec<u8>,
}

const COLORES: usize = 16;
const CASILLAS: usize = 1 << 15;

/// The box of a set of colours that becomes one entry of the palette.
struct Caja {
    /// Cells of the histogram, by their number.
    casillas: Vec<u16>,
    peso: u64,
    /// Channel of the widest spread, and that spread in steps of 8.
    canal: usize,
    extension: u16,
}

impl Caja {
    fn new(casillas: Vec<u16>, histograma: &[u32]) -> Self {
        let mut extremos = [(31, 0); 3];
        let mut peso = 0;
        for casilla in &casillas {
            peso += u64::from(histograma[usize::from(*casilla)]);
            for (canal, (minimo, maximo)) in extremos.iter_mut().enumerate() {
                let valor = componente(*casilla, canal);
                (*minimo, *maximo) = ((*minimo).min(valor), (*maximo).max(valor));
            }
        }
        let (canal, extension) = extremos
            .iter()
            .map(|(minimo, maximo)| maximo.saturating_sub(*minimo))
            .enumerate()
            .max_by_key(|(_, extension)| *extension)
            .unwrap_or((0, 0));
        Self { casillas, peso, canal, extension }
    }

    /// How much is won by splitting it: spread first, and a little how many pixels it has.
    fn provecho(&self) -> f64 {
        let extension = f64::from(self.extension);
        extension * extension * (self.peso as f64).sqrt()
    }

    /// Splits at the middle of its spread, so that each half holds something.
    fn partir(self, histograma: &[u32]) -> [Self; 2] {
        let canal = self.canal;
        let valores = self.casillas.iter().map(|c| componente(*c, canal));
        let (minimo, maximo) = valores.fold((31, 0), |(a, b), v| (a.min(v), b.max(v)));
        let corte = (minimo + maximo) / 2;
        let (bajas, altas) = self.casillas.into_iter().partition(|c| componente(*c, canal) <= corte);
        [Self::new(bajas, histograma), Self::new(altas, histograma)]
    }
}

fn casilla(p: [u8; 3]) -> u16 {
    (u16::from(p[0] >> 3) << 10) | (u16::from(p[1] >> 3) << 5) | u16::from(p[2] >> 3)
}

fn componente(casilla: u16, canal: usize) -> u16 {
    (casilla >> (10 - 5 * canal)) & 31
}

/// The best 16 colours for a picture, and the picture in them.
pub fn cuantizar(imagen: &RgbImage) -> Paleta {
    let mut histograma = vec![0_u32; CASILLAS];
    let mut sumas = vec![[0_u32; 3]; CASILLAS];
    for p in imagen.pixels() {
        let n = usize::from(casilla(p.0));
        histograma[n] += 1;
        // A picture has at most 4096² pixels, so the sums stay below 2³².
        sumas[n].iter_mut().zip(p.0).for_each(|(suma, v)| *suma += u32::from(v));
    }
    let ocupadas = (0..=u16::MAX >> 1).filter(|c| histograma[usize::from(*c)] > 0).collect();
    let mut cajas = vec![Caja::new(ocupadas, &histograma)];
    while cajas.len() < COLORES {
        let mejor = cajas
            .iter()
            .enumerate()
            .filter(|(_, caja)| caja.extension > 0)
            .max_by(|(_, a), (_, b)| a.provecho().total_cmp(&b.provecho()))
            .map(|(n, _)| n);
        let Some(n) = mejor else { break };
        let caja = cajas.swap_remove(n);
        cajas.extend(caja.partir(&histograma));
    }

    let mut colores: Vec<[u8; 3]> = cajas.iter().map(|caja| media(caja, &sumas)).collect();
    colores.sort_by_key(|[r, g, b]| u32::from(*r) * 3 + u32::from(*g) * 6 + u32::from(*b));
    // The nearest colour of each cell is looked for once.
    let mut cercanos = vec![u8::MAX; CASILLAS];
    let indices = imagen
        .pixels()
        .map(|p| {
            let lugar = &mut cercanos[usize::from(casilla(p.0))];
            if *lugar == u8::MAX {
                *lugar = cercano(p.0, &colores);
            }
            *lugar
        })
        .collect();
    Paleta { colores, indices }
}

fn media(caja: &Caja, sumas: &[[u32; 3]]) -> [u8; 3] {
    [0, 1, 2].map(|canal| {
        let suma: u64 = caja.casillas.iter().map(|c| u64::from(sumas[usize::from(*c)][canal])).sum();
        // A mean of bytes is a byte.
        ((suma + caja.peso / 2) / caja.peso.max(1)) as u8
    })
}

fn cercano(p: [u8; 3], colores: &[[u8; 3]]) -> u8 {
    let distancia = |c: &[u8; 3]| (0..3).map(|n| u32::from(c[n].abs_diff(p[n])).pow(2)).sum::<u32>();
    // There are at most 16.
    colores.iter().enumerate().min_by_key(|(_, c)| distancia(c)).map_or(0, |(n, _)| n as u8)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn few_colours_are_kept_as_they_are() {
        let imagen = RgbImage::from_fn(8, 2, |x, _| image::Rgb([255 - (x as u8) * 30, 7, 9]));
        let paleta = cuantizar(&imagen);
        for (p, indice) in imagen.pixels().zip(&paleta.indices) {
            assert_eq!(paleta.colores[usize::from(*indice)], p.0);
        }
    }

    #[test]
    fn many_colours_become_sixteen_near_ones() {
        let imagen = RgbImage::from_fn(256, 16, |x, _| image::Rgb([x as u8; 3]));
        let paleta = cuantizar(&imagen);
        assert_eq!(paleta.colores.len(), 16);
        for (p, indice) in imagen.pixels().zip(&paleta.indices) {
            assert!(paleta.colores[usize::from(*indice)][0].abs_diff(p.0[0]) <= 16);
        }
    }
}
