//! The profile the office program starts with.

use std::{fs, io, path::Path};

const CARPETA: &str = "perfil";

/// Settings of the profile it starts with: no macros, nothing fetched or updated, no traces.
const PERFIL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>es-ES</value></prop></item>
</oor:items>
"#;

/// Writes one that has never been used.
pub async fn escribir(carpeta: &Path) -> io::Result<()> {
    let usuario = carpeta.join(CARPETA).join("user");
    tokio::fs::create_dir_all(&usuario).await?;
    tokio::fs::write(usuario.join("registrymodifications.xcu"), PERFIL).await
}

/// Copies the one in `modelo` to another folder.
pub async fn copiar(modelo: &Path, carpeta: &Path) -> io::Result<()> {
    let (de, a) = (modelo.join(CARPETA), carpeta.join(CARPETA));
    tokio::task::spawn_blocking(move || copiar_carpeta(&de, &a)).await?
}

/// Files and folders; there is nothing else in a profile.
fn copiar_carpeta(de: &Path, a: &Path) -> io::Result<()> {
    fs::create_dir_all(a)?;
    for entrada in fs::read_dir(de)? {
        let entrada = entrada?;
        let (clase, destino) = (entrada.file_type()?, a.join(entrada.file_name()));
        if clase.is_dir() {
            copiar_carpeta(&entrada.path(), &destino)?;
        } else if clase.is_file() {
            fs::copy(entrada.path(), destino)?;
        }
    }
    Ok(())
}
