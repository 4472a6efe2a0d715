//! The OpenAPI 3.1 document: what the handlers say of themselves, and what holds for all of them.

use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{Schema, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, ObjectBuilder, Ref, RefOr, Response};

/// Name of the security scheme: the token of a session.
const SESION: &str = "sesion";
/// Content of every refusal, RFC 9457.
const PROBLEM: &str = "application/problem+json";

/// What the document says of itself.
#[derive(OpenApi)]
#[openapi(
    info(title = "expedientes", description = "The case files of a car dealership. Errors are RFC 9457 problems with a stable `codigo`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    security(("sesion" = [])),
    components(schemas(api::evento::Evento, api::Problem))
)]
pub struct Document;

/// Adds what no handler needs to repeat: the version, how one shows a session, that one may lack it, and the shape of refusals.
pub fn complete(document: &mut utoipa::openapi::OpenApi) {
    document.info.version = "1".to_owned();
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    document.components.get_or_insert_default().add_security_scheme(SESION, bearer);
    for item in document.paths.paths.values_mut() {
        let operations = [
            &mut item.get,
            &mut item.put,
            &mut item.post,
            &mut item.delete,
            &mut item.options,
            &mut item.head,
            &mut item.patch,
        ];
        operations.into_iter().flatten().for_each(complete_operation);
    }
}

/// What a header may hold, where the handlers only name it.
fn header_schema(name: &str) -> Option<RefOr<Schema>> {
    let text = ObjectBuilder::new().schema_type(Type::String);
    match name {
        "Idempotency-Key" => Some(text.min_length(Some(1)).max_length(Some(64)).pattern(Some("^[!-~]+$")).into()),
        "Tus-Resumable" => Some(text.enum_values(Some([api::subida::TUS_VERSION])).into()),
        "X-HTTP-Method-Override" => Some(text.enum_values(Some(["PATCH", "DELETE"])).into()),
        _ => None,
    }
}

fn complete_operation(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && let Some(schema) = header_schema(&parameter.name)
        {
            parameter.schema = Some(schema);
        }
    }
    let responses = &mut operation.responses.responses;
    // Routes that are open to all say so themselves.
    if operation.security.is_none() {
        responses.entry("401".to_owned()).or_insert_with(|| Response::new("`sin-sesion`").into());
    }
    responses.entry("default".to_owned()).or_insert_with(|| Response::new("Any other refusal, or a fault").into());
    for (_, response) in responses.iter_mut().filter(|(status, _)| !status.starts_with(['2', '3'])) {
        if let RefOr::T(response) = response {
            let problem = Content::new(Some(Ref::from_schema_name("Problem")));
            response.content = [(PROBLEM.to_owned(), problem.into())].into_iter().collect();
        }
    }
}
