//! Definitions of modelos: two kilobytes that change a few times a year, asked for at every start.

use super::{Cache, name_for};
use crate::msg::Answer;
use crate::remote::Remote;
use api::servidor::ModeloDefinicion;
use domain::ModeloId;
use serde::{Deserialize, Serialize};

/// A definition, and the tag the service gave it.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    etag: String,
    definicion: ModeloDefinicion,
}

/// The definition, from here when the service says that it is still that one.
pub async fn modelo(cache: Option<&Cache>, remote: &Remote, id: &ModeloId) -> Answer<ModeloDefinicion> {
    let name = name_for("modelo", &[remote.url(), id.as_str()]);
    let kept: Option<Kept> = cache.and_then(|cache| cache.get(&name));
    let fresh = remote.modelo_unless(id, kept.as_ref().map(|kept| kept.etag.as_str())).await?;
    match (fresh, kept) {
        (None, Some(kept)) => Ok(kept.definicion),
        // Without a tag sent there is always an answer.
        (None, None) => remote.modelo(id).await,
        (Some((definicion, etag)), _) => {
            if let (Some(cache), Some(etag)) = (cache, etag) {
                let kept = Kept { etag, definicion };
                if let Err(error) = cache.put(&name, &kept) {
                    tracing::warn!(%error, "definition not kept");
                }
                return Ok(kept.definicion);
            }
            Ok(definicion)
        }
    }
}
