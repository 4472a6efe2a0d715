//! SVG drawings.
//!
//! A drawing may name other files, fonts and addresses: none is ever looked at. Its letters are set in the font that is
//! built in, whatever it asks for.

use std::sync::Arc;

use image::{DynamicImage, RgbaImage};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{ImageHrefResolver, Options, Tree, fontdb},
};

use crate::{RenderError, letras, page::encajar, raster};

/// Larger ones are maps and plans that nobody reads at the size of a pane.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Whether it can be drawn.
pub fn comprobar(bytes: &[u8]) -> Result<(), RenderError> {
    arbol(bytes).map(|_| ())
}

/// Draws it as large as `caja` allows, on white.
pub fn dibujar(bytes: &[u8], caja: (u32, u32)) -> Result<DynamicImage, RenderError> {
    let arbol = arbol(bytes)?;
    let (ancho, alto) = (f64::from(arbol.size().width()), f64::from(arbol.size().height()));
    let (pixeles_ancho, pixeles_alto) = encajar((ancho, alto), caja);
    let mut lienzo = Pixmap::new(pixeles_ancho, pixeles_alto).ok_or(RenderError::DemasiadoGrande)?;
    // Pixels are few enough for the precision of a float.
    let (sx, sy) = (f64::from(pixeles_ancho) / ancho, f64::from(pixeles_alto) / alto);
    lienzo.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&arbol, Transform::from_scale(sx as f32, sy as f32), &mut lienzo.as_mut());
    // On white everything is opaque, so that premultiplied or not makes no difference.
    let rgba = RgbaImage::from_raw(pixeles_ancho, pixeles_alto, lienzo.take()).ok_or(RenderError::Roto)?;
    Ok(raster::opaca(DynamicImage::ImageRgba8(rgba)))
}

fn arbol(bytes: &[u8]) -> Result<Tree, RenderError> {
    if bytes.len() > MAX_BYTES {
        return Err(RenderError::DemasiadoGrande);
    }
    let mut fuentes = fontdb::Database::new();
    for fuente in letras::FUENTES {
        fuentes.load_font_data(fuente.to_vec());
    }
    let familia = fuentes.faces().next().and_then(|cara| cara.families.first()).map(|(nombre, _)| nombre.clone());
    let familia = familia.unwrap_or_default();
    fuentes.set_serif_family(&familia);
    fuentes.set_sans_serif_family(&familia);
    fuentes.set_monospace_family(&familia);
    fuentes.set_cursive_family(&familia);
    fuentes.set_fantasy_family(&familia);
    let opciones = Options {
        fontdb: Arc::new(fuentes),
        font_family: familia,
        languages: vec!["es".to_owned()],
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    Tree::from_data(bytes, &opciones).map_err(|_| RenderError::Roto)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn shapes_and_letters_are_drawn_and_enlarged() {
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
            <rect width="20" height="20" fill="#f00"/><text x="21" y="15" font-family="Comic Sans" font-size="12">Ñ</text></svg>"##;
        let imagen = dibujar(svg.as_bytes(), (400, 400)).unwrap().into_rgb8();
        assert_eq!(imagen.dimensions(), (400, 200));
        assert_eq!(imagen.get_pixel(100, 100).0, [255, 0, 0]);
        assert!((210..300).any(|x| (50..160).any(|y| imagen.get_pixel(x, y).0[0] < 60)), "the letter is there");
        assert_eq!(imagen.get_pixel(390, 10).0, [255; 3]);
    }

    #[test]
    fn nothing_outside_is_looked_at() {
        let carpeta = tempfile::tempdir().unwrap();
        let foto = carpeta.path().join("rojo.png");
        RgbaImage::from_pixel(4, 4, image::Rgba([255, 0, 0, 255])).save(&foto).unwrap();
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><image href="{}" width="20" height="20"/></svg>"#,
            foto.display()
        );
        let imagen = dibujar(svg.as_bytes(), (20, 20)).unwrap().into_rgb8();
        assert!(imagen.pixels().all(|p| p.0 == [255; 3]));
    }

    #[test]
    fn entities_that_multiply_are_refused() {
        let mut svg = String::from("<!DOCTYPE svg [<!ENTITY a0 \"xxxxxxxxxx\">");
        for n in 1..12 {
            let anterior = format!("&a{};", n - 1);
            svg.push_str(&format!("<!ENTITY a{n} \"{}\">", anterior.repeat(10)));
        }
        svg.push_str("]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&a11;</text></svg>");
        assert_eq!(comprobar(svg.as_bytes()), Err(RenderError::Roto));
    }
}
