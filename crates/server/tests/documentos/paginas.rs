//! Pages and text, drawn by real worker processes.

use super::casa::Casa;
use super::muestras;
use super::tus::{self, Meta};
use api::documento::{EstadoFirma, Firmas, Hallazgos};
use api::{Codigo, Problem};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use image::ImageFormat;
use reqwest::{Method, Response};

async fn page(casa: &Casa, id: i64, n: u32, query: &str) -> Response {
    casa.asesor().at(Method::GET, &format!("/documentos/{id}/paginas/{n}?{query}")).send().await.unwrap()
}

async fn upload(casa: &Casa, nombre: &str, content: &[u8]) -> i64 {
    tus::upload(&casa.asesor(), &Meta::new(casa.expediente(), "oferta", nombre), content).await
}

#[tokio::test]
async fn every_format_has_pages() {
    let casa = Casa::start().await;
    for (nombre, content, pages) in [
        ("a.pdf", muestras::pdf(3), "3"),
        ("a.jpg", muestras::picture(ImageFormat::Jpeg), "1"),
        ("a.png", muestras::picture(ImageFormat::Png), "1"),
        ("a.webp", muestras::picture(ImageFormat::WebP), "1"),
        ("a.tif", muestras::picture(ImageFormat::Tiff), "1"),
        ("a.txt", muestras::TEXT.into(), "1"),
        ("a.eml", muestras::MAIL.into(), "1"),
        ("a.gif", muestras::picture(ImageFormat::Gif), "1"),
        ("a.bmp", muestras::picture(ImageFormat::Bmp), "1"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>".to_vec(), "1"),
        ("a.csv", b"Marca;Precio\nSeat;9.000\n".to_vec(), "1"),
        ("a.rtf", muestras::RTF.into(), "1"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), "1"),
    ] {
        let id = upload(&casa, nombre, &content).await;
        let answer = page(&casa, id, 1, "ancho=120&alto=120").await;
        assert_eq!(answer.status(), 200, "{nombre}");
        assert_eq!(answer.headers()["paginas"], pages, "{nombre}");
        assert_eq!(answer.headers()["content-type"], "image/png", "{nombre}");
        let image = image::load_from_memory(&answer.bytes().await.unwrap()).unwrap();
        assert!(image.width() <= 120 && image.height() <= 120, "{nombre}: {}×{}", image.width(), image.height());
    }
}

#[tokio::test]
async fn a_page_is_turned_and_told_when_the_client_has_it() {
    let casa = Casa::start().await;
    let id = upload(&casa, "a.pdf", &muestras::pdf(2)).await;
    let flat = page(&casa, id, 2, "ancho=200&alto=200").await;
    let etag = flat.headers()["etag"].clone();
    let flat = image::load_from_memory(&flat.bytes().await.unwrap()).unwrap();
    assert_eq!((flat.width(), flat.height()), (200, 100));
    let turned = page(&casa, id, 2, "ancho=200&alto=200&giro=90&calidad=gris2").await;
    let turned = image::load_from_memory(&turned.bytes().await.unwrap()).unwrap();
    assert_eq!((turned.width(), turned.height()), (100, 200));
    let path = format!("/documentos/{id}/paginas/2?ancho=200&alto=200");
    let has = casa.asesor().at(Method::GET, &path).header("if-none-match", etag).send().await.unwrap();
    assert_eq!(has.status(), 304);
}

#[tokio::test]
async fn a_page_drawn_once_is_kept() {
    let casa = Casa::start().await;
    let id = upload(&casa, "a.pdf", &muestras::pdf(1)).await;
    let first = page(&casa, id, 1, "ancho=100&alto=100").await.bytes().await.unwrap();
    let kept: Vec<_> = walk(&casa.datos().join("cache/paginas"));
    assert_eq!(kept.len(), 1);
    // Marked, so that what comes from the cache is told from what is drawn anew.
    let mut marked = std::fs::read(&kept[0]).unwrap();
    *marked.last_mut().unwrap() ^= 1;
    std::fs::write(&kept[0], marked).unwrap();
    let again = page(&casa, id, 1, "ancho=100&alto=100").await.bytes().await.unwrap();
    assert_eq!(again[..again.len() - 1], first[..first.len() - 1]);
    assert_ne!(again, first);
}

#[tokio::test]
async fn text_is_told_by_page_and_whole() {
    let casa = Casa::start().await;
    let id = upload(&casa, "a.pdf", &muestras::pdf(2)).await;
    let text = async |query: &str| {
        let answer = casa.asesor().at(Method::GET, &format!("/documentos/{id}/texto{query}")).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/plain; charset=utf-8");
        answer.text().await.unwrap()
    };
    let whole = text("").await;
    assert!(whole.contains("Hoja 1") && whole.contains("Hoja 2"), "{whole}");
    let second = text("?pagina=2").await;
    assert!(!second.contains("Hoja 1") && second.contains("Hoja 2"), "{second}");
}

/// An office program that makes that PDF of everything, and notes in its folder how often it was asked.
#[cfg(unix)]
fn office(dir: &std::path::Path, script: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let program = dir.join("soffice");
    // The last two arguments are the folder and the document.
    let script = format!("#!/bin/sh\nfor a; do folder=$document; document=$a; done\n{script}\n");
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    program.display().to_string()
}

#[cfg(unix)]
#[tokio::test]
async fn an_office_document_has_the_pages_that_its_program_makes() {
    let dir = tempfile::tempdir().unwrap();
    let pdf = String::from_utf8(muestras::pdf(3)).unwrap();
    let casa =
        Casa::start_with_office(&office(dir.path(), &format!("cat > $folder/entrada.pdf <<'FIN'\n{pdf}FIN"))).await;
    let id = upload(&casa, "a.rtf", muestras::RTF.as_bytes()).await;
    let answer = page(&casa, id, 3, "ancho=100&alto=100").await;
    assert_eq!((answer.status().as_u16(), &answer.headers()["paginas"]), (200, &"3".parse().unwrap()));
    let made = walk(&casa.datos().join("cache/paginas"));
    let pdfs: Vec<_> = made.iter().filter(|path| path.extension().is_some_and(|e| e == "pdf")).collect();
    assert_eq!(pdfs.len(), 1);
    // The program is gone, the PDF is kept.
    std::fs::remove_file(dir.path().join("soffice")).unwrap();
    assert_eq!(page(&casa, id, 2, "ancho=100&alto=100").await.status(), 200);
    // What is drawn does not need the PDF any more; what is not falls back to the simple view.
    std::fs::remove_file(pdfs[0]).unwrap();
    assert_eq!(page(&casa, id, 2, "ancho=100&alto=100").await.headers()["paginas"], "3");
    assert_eq!(page(&casa, id, 1, "ancho=90&alto=90").await.headers()["paginas"], "1");
    let original = casa.asesor().at(Method::GET, &format!("/documentos/{id}/original")).send().await.unwrap();
    assert_eq!(original.headers()["content-type"], "application/rtf");
    assert_eq!(original.bytes().await.unwrap(), muestras::RTF.as_bytes());
}

#[cfg(unix)]
#[tokio::test]
async fn when_the_office_program_fails_the_text_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let casa = Casa::start_with_office(&office(dir.path(), "exit 1")).await;
    let id = upload(&casa, "a.rtf", muestras::RTF.as_bytes()).await;
    assert_eq!(page(&casa, id, 1, "ancho=100&alto=100").await.status(), 200);
    let text = casa.asesor().at(Method::GET, &format!("/documentos/{id}/texto")).send().await.unwrap();
    let text = text.text().await.unwrap();
    assert!(text.contains("Vista sencilla") && text.contains("Contrato"), "{text}");
}

#[tokio::test]
async fn what_cannot_be_drawn_says_why() {
    let casa = Casa::start().await;
    let id = upload(&casa, "a.pdf", &muestras::broken_pdf()).await;
    let answer = page(&casa, id, 1, "ancho=100&alto=100").await;
    assert_eq!(answer.status(), 422);
    let problem: Problem = answer.json().await.unwrap();
    assert_eq!(problem.codigo, Codigo::SinVistaPrevia);
    assert!(problem.detail.unwrap().contains("dañado"));

    let id = upload(&casa, "a.png", &muestras::bomb()).await;
    let answer = page(&casa, id, 1, "ancho=100&alto=100").await;
    assert_eq!(answer.status(), 422);
    assert!(answer.json::<Problem>().await.unwrap().detail.unwrap().contains("demasiado grande"));

    let id = upload(&casa, "b.pdf", &muestras::pdf(2)).await;
    let answer = page(&casa, id, 3, "ancho=100&alto=100").await;
    assert_eq!(answer.json::<Problem>().await.unwrap().codigo, Codigo::NoEncontrado);
    for query in [
        "ancho=100",
        "ancho=1&alto=100",
        "ancho=100&alto=5000",
        "ancho=100&alto=100&giro=45",
        "ancho=100&alto=100&calidad=x",
        "ancho=-1&alto=100",
    ] {
        let problem: Problem = page(&casa, id, 1, query).await.json().await.unwrap();
        assert_eq!(problem.codigo, Codigo::PeticionInvalida, "{query}");
    }
}

#[tokio::test]
async fn a_part_of_a_page_is_drawn_and_the_whole_is_measured() {
    let casa = Casa::start().await;
    let id = upload(&casa, "a.pdf", &muestras::pdf(1)).await;
    let part = page(&casa, id, 1, "ancho=8000&alto=8000&recorte=7900,100,400,300").await;
    assert_eq!(part.status(), 200);
    assert_eq!(
        (&part.headers()["pagina-ancho"], &part.headers()["pagina-alto"]),
        (&"8000".parse().unwrap(), &"4000".parse().unwrap())
    );
    assert!(!part.headers().contains_key("firmas"));
    let part = image::load_from_memory(&part.bytes().await.unwrap()).unwrap();
    assert_eq!((part.width(), part.height()), (100, 300), "what lies outside is cut off");
    for query in [
        "ancho=8000&alto=8000",
        "ancho=800&alto=800&recorte=0,400,10,10",
        "ancho=800&alto=800&recorte=0,0,4097,10",
        "ancho=800&alto=800&recorte=0,0,0,10",
        "ancho=800&alto=800&recorte=0,0,10",
        "ancho=20000&alto=800&recorte=0,0,10,10",
    ] {
        let problem: Problem = page(&casa, id, 1, query).await.json().await.unwrap();
        assert_eq!(problem.codigo, Codigo::PeticionInvalida, "{query}");
    }
}

#[tokio::test]
async fn a_document_with_a_password_is_shown_with_it_and_kept_nowhere() {
    let casa = Casa::start().await;
    let id = upload(&casa, "a.pdf", &muestras::password_pdf()).await;
    let cache = casa.datos().join("cache/paginas");
    let codigo = async |path: &str, clave: Option<&str>| {
        let request = casa.asesor().at(Method::GET, path);
        let request = match clave {
            Some(clave) => request.header("clave-documento", URL_SAFE_NO_PAD.encode(clave)),
            None => request,
        };
        let answer = request.send().await.unwrap();
        match answer.status().as_u16() {
            200 => Ok(answer),
            422 | 400 => Err(answer.json::<Problem>().await.unwrap().codigo),
            other => panic!("{other}"),
        }
    };
    for path in ["paginas/1?ancho=100&alto=100", "texto", "hallazgos?q=factura", "firmas"] {
        let path = format!("/documentos/{id}/{path}");
        assert_eq!(codigo(&path, None).await.unwrap_err(), Codigo::ClaveNecesaria, "{path}");
        assert_eq!(codigo(&path, Some("otra")).await.unwrap_err(), Codigo::ClaveIncorrecta, "{path}");
        assert_eq!(codigo(&path, Some(&"x".repeat(600))).await.unwrap_err(), Codigo::ClaveIncorrecta, "{path}");
        let kept = walk(&cache).len();
        let answer = codigo(&path, Some("usuario")).await.unwrap();
        assert_eq!(answer.headers()["cache-control"], "private, no-store", "{path}");
        assert!(!answer.headers().contains_key("etag"), "{path}");
        assert_eq!(walk(&cache).len(), kept, "{path}: nothing of it on disk");
    }
    let malformed = casa.asesor().at(Method::GET, &format!("/documentos/{id}/texto")).header("clave-documento", "a b=");
    let problem: Problem = malformed.send().await.unwrap().json().await.unwrap();
    assert_eq!(problem.codigo, Codigo::PeticionInvalida);
    assert!(!problem.detail.unwrap().contains("a b="));
}

#[tokio::test]
async fn text_is_found_with_its_place() {
    let casa = Casa::start().await;
    let id = upload(&casa, "a.pdf", &muestras::pdf(3)).await;
    let find = async |query: &str| {
        casa.asesor().at(Method::GET, &format!("/documentos/{id}/hallazgos?{query}")).send().await.unwrap()
    };
    let found: Hallazgos = find("q=HOJA%20%202").await.json().await.unwrap();
    assert_eq!((found.paginas, found.hallazgos.len(), found.mas), (3, 1, false));
    assert_eq!((found.hallazgos[0].pagina, found.hallazgos[0].texto.as_str()), (2, "Hoja 2"));
    let [x0, y0, x1, y1] = found.hallazgos[0].cajas[0];
    assert!(x0.abs_diff(2000) < 50 && x0 < x1 && y0 < 4000 && y1 > 4000, "{x0} {y0} {x1} {y1}");
    for query in ["q=", "q=%20", "", &format!("q={}", "x".repeat(201))] {
        assert_eq!(find(query).await.json::<Problem>().await.unwrap().codigo, Codigo::PeticionInvalida, "{query}");
    }
    let stranger = casa.nobody().at(Method::GET, &format!("/documentos/{id}/hallazgos?q=hoja")).send().await.unwrap();
    assert_eq!(stranger.status(), 401);
}

#[tokio::test]
async fn signatures_are_counted_with_a_page_and_told_in_full() {
    let casa = Casa::start().await;
    let id = upload(&casa, "a.pdf", &muestras::signed_pdf()).await;
    assert_eq!(page(&casa, id, 1, "ancho=50&alto=50").await.headers()["firmas"], "2");
    let told = |id: i64| casa.asesor().at(Method::GET, &format!("/documentos/{id}/firmas"));
    let answer = told(id).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/json");
    let etag = answer.headers()["etag"].clone();
    let Firmas { firmas } = answer.json().await.unwrap();
    let [first, second] = firmas.as_slice() else { panic!("{firmas:?}") };
    assert_eq!(
        (first.firmante.as_str(), first.motivo.as_str()),
        ("MUÑOZ PÉREZ ANA - 12345678Z", "Conforme con el pedido")
    );
    assert_eq!((first.estado, first.cubre_todo), (EstadoFirma::Integra, false));
    assert_eq!((second.estado, second.cubre_todo), (EstadoFirma::Integra, true));
    assert_eq!(told(id).header("if-none-match", etag).send().await.unwrap().status(), 304);
    let id = upload(&casa, "a.txt", muestras::TEXT.as_bytes()).await;
    assert_eq!(told(id).send().await.unwrap().json::<Firmas>().await.unwrap(), Firmas::default());
}

#[tokio::test]
async fn text_is_laid_out_when_asked_for() {
    let casa = Casa::start().await;
    let id = upload(&casa, "a.pdf", &muestras::pdf(2)).await;
    let path = format!("/documentos/{id}/texto?pagina=2&maqueta=true");
    let head = casa.asesor().at(Method::GET, &path).send().await.unwrap();
    assert!(head.headers().get("paginas").is_some_and(|pages| pages == "2"), "who reads the text turns its pages too");
    let text = casa.asesor().at(Method::GET, &path).send().await.unwrap().text().await.unwrap();
    assert_eq!(text, "Hoja 2");
}

fn walk(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
