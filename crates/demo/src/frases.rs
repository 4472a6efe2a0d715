//! What people of the demo write to each other about an expediente.

use crate::trato::Area;
use domain::Rol;

/// What notes say of a sale.
const VENTA: &[&str] = &[
    "Prefiere que le llamemos por la tarde, a partir de las 18:00.",
    "Viene recomendado por su cuñado, que compró aquí el año pasado.",
    "Duda entre este color y el gris. Se le deja el catálogo y queda en llamar el lunes.",
    "Quiere recogerlo antes de las vacaciones; no hay fecha cerrada todavía.",
    "Acordado con el cliente:\n- alfombrillas y primera revisión incluidas\n- sin enganche de remolque",
    "El conductor habitual será su hija; el seguro va a nombre de ella.",
    "Le han hecho otra oferta en la competencia, unos 400 € más barata. Se mantiene la nuestra con el mantenimiento.",
    "Traerá la documentación en papel, no se maneja con el correo.",
    "La financiera pide la última nómina; avisado por teléfono.",
    "Pagará la entrada por transferencia y el resto al recogerlo.",
    "Hablado con la gestoría: los papeles salen esta semana.",
    "Ojo: vive fuera, el IVTM es de otro municipio.",
    "Pide que la factura lleve el número de pedido de su empresa.",
    "La segunda llave llega con el vehículo; no entregar sin ella.",
    "Cliente de siempre, es el tercer coche que nos compra.",
    "Ha vuelto a llamar para preguntar por la fecha de llegada.",
];

/// What notes say of a repair.
const TALLER: &[&str] = &[
    "Deja el vehículo hasta el viernes; no necesita coche de sustitución.",
    "El ruido solo se oye en frío. Probar a primera hora.",
    "Recambio pedido a fábrica, llega en dos o tres días.",
    "El cliente no autoriza cambiar los neumáticos traseros de momento.",
    "Recogerá el coche su mujer; se le ha avisado de que traiga el resguardo.",
    "Llamado dos veces, no contesta. Enviado mensaje con el presupuesto.",
    "Además de lo pedido:\n- escobillas gastadas\n- una bombilla de matrícula fundida",
    "El perito pasa el miércoles por la mañana.",
    "Quiere que se le enseñen las piezas cambiadas.",
    "La marca pide fotos de la avería antes de aceptar la garantía.",
];

const VENTA_ASESOR: &[&str] = &[
    "Llamar al cliente para confirmar el día de la entrega",
    "Pedir al cliente la otra cara del DNI",
    "Recordar al cliente que falta el justificante de la reserva",
    "Pedir la póliza del seguro antes de la entrega",
    "Preguntar al cliente si mantiene la financiación",
    "Avisar al cliente de que el vehículo llega esta semana",
    "Enviar al cliente la oferta con el nuevo precio",
    "Que el cliente firme el mandato de la gestoría",
    "Quedar con el cliente para ver su coche y cerrar la tasación",
];

const VENTA_JEFE: &[&str] = &[
    "Autorizar 300 € más de descuento; el cliente cierra hoy",
    "Revisar la tasación, el cliente la ve baja",
    "Hablar con la financiera: lleva una semana sin contestar",
    "Confirmar el apoyo de la marca de este mes",
    "Decidir si se le regala el mantenimiento",
    "Mirar si hay otro igual en campa; este se retrasa",
];

const VENTA_ADMINISTRATIVO: &[&str] = &[
    "Comprobar si ha entrado la transferencia de la reserva",
    "Reclamar la ficha técnica a fábrica",
    "Preguntar a la gestoría por el permiso de circulación",
    "Facturar a nombre de la empresa, no del apoderado",
    "Repasar el mandato SEPA: el IBAN se lee mal",
    "Pedir el IVTM en el ayuntamiento",
    "Validar los documentos nuevos, el cliente viene mañana",
];

const TALLER_ASESOR: &[&str] = &[
    "Llamar al cliente: el presupuesto está sin aceptar",
    "Avisar al cliente de que ya puede recoger el coche",
    "Pedir al cliente el parte del seguro",
    "Preguntar a recambios cuándo llega la pieza",
    "Hacer fotos del golpe para el perito",
];

const TALLER_JEFE: &[&str] = &[
    "Autorizar un coche de sustitución hasta el viernes",
    "Hablar con la marca: han rechazado la garantía",
    "Ver con el cliente la queja por la espera",
    "Decidir si se le cobra la diagnosis",
];

const TALLER_ADMINISTRATIVO: &[&str] = &[
    "Reclamar el pago a la aseguradora",
    "Enviar la factura por correo al cliente",
    "Comprobar el pago con tarjeta de esta orden",
    "Abrir el expediente de garantía en la web de la marca",
];

/// What notes say in that area of work.
pub(crate) fn notas(area: Area) -> &'static [&'static str] {
    match area {
        Area::Taller => TALLER,
        Area::Nuevos | Area::Usados => VENTA,
    }
}

/// What somebody of that role is asked to do in that area of work.
pub(crate) fn avisos(area: Area, rol: Rol) -> &'static [&'static str] {
    match (area, rol) {
        (Area::Taller, Rol::JefeVentas) => TALLER_JEFE,
        (Area::Taller, Rol::Administrativo) => TALLER_ADMINISTRATIVO,
        (Area::Taller, _) => TALLER_ASESOR,
        (_, Rol::JefeVentas) => VENTA_JEFE,
        (_, Rol::Administrativo) => VENTA_ADMINISTRATIVO,
        _ => VENTA_ASESOR,
    }
}
