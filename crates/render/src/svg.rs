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

use crate::{
    Peticion, RenderError, contornos,
    page::{Dibujo, encajar},
    raster,
};

/// Larger ones are maps and plans that nobody reads at the size of a pane.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Whether it can be drawn.
pub fn comprobar(bytes: &[u8]) -> Result<(), RenderError> {
    arbol(bytes).map(|_| ())
}

/// Draws it, or the part asked for, as large as the box allows, on white.
pub fn dibujar(bytes: &[u8], p: &Peticion) -> Result<Dibujo, RenderError> {
    let arbol = arbol(bytes)?;
    let (ancho, alto) = (f64::from(arbol.size().width()), f64::from(arbol.size().height()));
    let medida = encajar((ancho, alto), p.caja());
    let parte = p.parte(medida)?;
    let mut lienzo = Pixmap::new(parte.ancho, parte.alto).ok_or(RenderError::DemasiadoGrande)?;
    // Pixels are few enough for the precision of a float.
    let (sx, sy) = (f64::from(medida.0) / ancho, f64::from(medida.1) / alto);
    let mover = Transform::from_translate(-(parte.x as f32), -(parte.y as f32));
    lienzo.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&arbol, mover.pre_scale(sx as f32, sy as f32), &mut lienzo.as_mut());
    // On white everything is opaque, so that premultiplied or not makes no difference.
    let rgba = RgbaImage::from_raw(parte.ancho, parte.alto, lienzo.take()).ok_or(RenderError::Roto)?;
    Ok(Dibujo { imagen: raster::opaca(DynamicImage::ImageRgba8(rgba)), medida })
}

fn arbol(bytes: &[u8]) -> Result<Tree, RenderError> {
    if bytes.len() > MAX_BYTES {
        return Err(RenderError::DemasiadoGrande);
    }
    let mut fuentes = fontdb::Database::new();
    for fuente in contornos::FUENTES {
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
    use crate::Calidad;

    fn caja(lado: u32) -> Peticion {
        Peticion { pagina: 1, ancho: lado, alto: lado, giro: 0, calidad: Calidad::Completa, recorte: None }
    }

    #[test]
    fn shapes_and_letters_are_drawn_and_enlarged() {
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
            <rect width="20" height="20" fill="#f00"/><text x="21" y="15" font-family="Comic Sans" font-size="12">Ñ</text></svg>"##;
        let imagen = dibujar(svg.as_bytes(), &caja(400)).unwrap().imagen.into_rgb8();
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
        let imagen = dibujar(svg.as_bytes(), &caja(20)).unwrap().imagen.into_rgb8();
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
