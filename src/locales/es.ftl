# Sentences of the client. Both languages have the same keys: a test compares them with each other and with the code.

## Actions: title, short title for the hint line, sentence for the help

accion-up = Subir una fila
    .corta = subir
    .ayuda = Mueve la selección hacia arriba.
accion-down = Bajar una fila
    .corta = bajar
    .ayuda = Mueve la selección hacia abajo.
accion-page-up = Página arriba
    .corta = pág. arriba
    .ayuda = Sube una pantalla.
accion-page-down = Página abajo
    .corta = pág. abajo
    .ayuda = Baja una pantalla.
accion-first = Al principio
    .corta = principio
    .ayuda = Va a la primera fila.
accion-last = Al final
    .corta = final
    .ayuda = Va a la última fila.
accion-next-pane = Panel siguiente
    .corta = panel sig.
    .ayuda = Pasa al panel, o al campo, siguiente.
accion-previous-pane = Panel anterior
    .corta = panel ant.
    .ayuda = Pasa al panel, o al campo, anterior.
accion-pane-expedientes = Panel Expediente
    .corta = expediente
    .ayuda = Va a la lista de expedientes.
accion-pane-documentos = Panel Documentos
    .corta = documentos
    .ayuda = Va a los documentos del expediente.
accion-pane-preview = Panel Vista previa
    .corta = vista previa
    .ayuda = Va a la página del documento.
accion-pane-indice = Panel Índice
    .corta = índice
    .ayuda = Va a los campos del expediente.
accion-enter = Entrar
    .corta = abrir
    .ayuda = De la lista a sus documentos, de un documento a su página, de la página a toda la pantalla.
accion-back = Volver
    .corta = volver
    .ayuda = Un nivel atrás; quita marcas y búsqueda; nunca cierra el programa.
accion-zoom-pane = Ampliar el panel
    .corta = ampliar panel
    .ayuda = El panel a toda la pantalla, y de vuelta.
accion-search = Buscar
    .corta = buscar
    .ayuda = Abre la caja de búsqueda.
accion-palette = Todas las acciones
    .corta = órdenes
    .ayuda = Busca cualquier acción por su nombre.
accion-help = Ayuda
    .corta = ayuda
    .ayuda = Las teclas que sirven aquí.
accion-sort = Ordenar
    .corta = ordenar
    .ayuda = Elige la columna; otra vez cambia el sentido.
accion-views = Vistas guardadas
    .corta = vistas
    .ayuda = Elige una búsqueda guardada.
accion-save-view = Guardar la vista
    .corta = guardar vista
    .ayuda = Guarda búsqueda y orden con un nombre.
accion-change-choice = Cambiar entidad y modelo
    .corta = entidad
    .ayuda = Vuelve a elegir entidad y modelo.
accion-mark = Marcar
    .corta = marcar
    .ayuda = Marca la fila: las acciones valen para todas las marcadas.
accion-mark-range = Marcar hasta aquí
    .corta = marcar hasta
    .ayuda = Marca desde la última marca hasta esta fila.
accion-preview-down = Bajar la página
    .corta = bajar página
    .ayuda = Desplaza la vista previa hacia abajo.
accion-preview-up = Subir la página
    .corta = subir página
    .ayuda = Desplaza la vista previa hacia arriba.
accion-preview-half-down = Media página abajo
    .corta = media abajo
    .ayuda = Desplaza la vista previa media pantalla abajo.
accion-preview-half-up = Media página arriba
    .corta = media arriba
    .ayuda = Desplaza la vista previa media pantalla arriba.
accion-previous-page = Página anterior
    .corta = pág. ant.
    .ayuda = La página anterior del documento.
accion-next-page = Página siguiente
    .corta = pág. sig.
    .ayuda = La página siguiente del documento.
accion-zoom-in = Acercar la página
    .corta = acercar
    .ayuda = Amplía la página.
accion-zoom-out = Alejar la página
    .corta = alejar
    .ayuda = Reduce la página.
accion-fit-width = Ajustar al ancho
    .corta = ancho
    .ayuda = La página a lo ancho del panel, o entera.
accion-go-to-page = Ir a la página…
    .corta = ir a página
    .ayuda = Va a una página por su número.
accion-thumbnails = Miniaturas
    .corta = miniaturas
    .ayuda = Todas las páginas en pequeño, para ir a una.
accion-find = Buscar en el documento
    .corta = buscar
    .ayuda = Busca un texto en el documento y lo señala en sus páginas.
accion-find-next = Coincidencia siguiente
    .corta = siguiente
    .ayuda = Va al sitio siguiente en que está el texto buscado.
accion-find-previous = Coincidencia anterior
    .corta = anterior
    .ayuda = Va al sitio anterior en que está el texto buscado.
accion-signatures = Firmas digitales
    .corta = firmas
    .ayuda = Quién ha firmado el documento, cuándo y si está íntegro.
accion-pin = Fijar la página
    .corta = fijar
    .ayuda = Deja la página puesta para mirar otra a su lado; de nuevo, la suelta.
accion-other-half = A la otra página
    .corta = otra página
    .ayuda = De las dos páginas que se ven, mueve la otra.
accion-rotate = Girar la página
    .corta = girar
    .ayuda = Un cuarto de vuelta a la derecha.
accion-sharpen = Más nítida
    .corta = nítida
    .ayuda = La página que vino reducida por la línea, nítida; otra vez: con todos sus colores.
accion-preview-text = Texto de la página
    .corta = texto
    .ayuda = El texto en lugar de la imagen, y de vuelta.
accion-open-external = Abrir en el visor
    .corta = visor
    .ayuda = Abre el original en el visor del escritorio.
accion-save-original = Guardar el original
    .corta = guardar
    .ayuda = Guarda el original en una carpeta.
accion-edit-indice = Editar el índice
    .corta = editar
    .ayuda = Edita los campos en el sitio.
accion-save = Guardar
    .corta = guardar
    .ayuda = Guarda lo que se está editando.
accion-undo = Deshacer
    .corta = deshacer
    .ayuda = Deshace el último cambio del índice.
accion-history = Historial
    .corta = historial
    .ayuda = Quién cambió qué y cuándo.
accion-upload = Subir documentos
    .corta = subir
    .ayuda = Elige ficheros y los sube.
accion-upload-version = Subir una versión
    .corta = versión
    .ayuda = Sube una versión nueva del documento.
accion-new = Nuevo…
    .corta = nuevo
    .ayuda = Menú de lo que se puede crear.
accion-new-expediente = Expediente nuevo
    .corta = nuevo exp.
    .ayuda = Abre un expediente.
accion-new-from-template = Documento de una plantilla
    .corta = plantilla
    .ayuda = Hace un documento con los datos del índice.
accion-new-note = Nota nueva
    .corta = nota
    .ayuda = Escribe una nota en el expediente.
accion-new-aviso = Aviso nuevo
    .corta = aviso
    .ayuda = Encarga algo a alguien, con un día o sin él.
accion-notes = Notas y avisos
    .corta = notas
    .ayuda = Las notas y los avisos del expediente.
accion-avisos = Mis avisos
    .corta = mis avisos
    .ayuda = Lo que le han encargado, en todas las entidades.
accion-validate = Validar
    .corta = validar
    .ayuda = Valida el documento y pasa al siguiente pendiente.
accion-reject = Rechazar
    .corta = rechazar
    .ayuda = Rechaza el documento con un motivo y pasa al siguiente.
accion-next-pending = Al siguiente pendiente
    .corta = sig. pend.
    .ayuda = Pasa al documento siguiente por revisar, sin tocar éste; si no quedan, al del expediente siguiente.
accion-rename = Cambiar el nombre
    .corta = nombre
    .ayuda = Cambia el nombre del documento.
accion-retype = Cambiar el tipo
    .corta = tipo
    .ayuda = Cambia el tipo del documento.
accion-delete = Borrar
    .corta = borrar
    .ayuda = Borra el documento, con un motivo; se puede recuperar.
accion-recover = Recuperar un documento borrado
    .corta = recuperar
    .ayuda = Elige un documento borrado y lo recupera.
accion-copy = Copiar…
    .corta = copiar
    .ayuda = Copia un dato al portapapeles del terminal.
accion-advance = Avanzar de fase
    .corta = avanzar
    .ayuda = Pasa a la fase siguiente, o dice qué falta.
accion-force = Forzar el avance
    .corta = forzar
    .ayuda = Avanza aunque falte algo, con un motivo que queda.
accion-retreat = Retroceder de fase
    .corta = retroceder
    .ayuda = Vuelve a la fase anterior, con un motivo.
accion-missing = Qué falta
    .corta = qué falta
    .ayuda = Lo que falta para salir de la fase.
accion-refresh = Actualizar
    .corta = actualizar
    .ayuda = Vuelve a preguntar al servicio.
accion-transfers = Transferencias
    .corta = transfer.
    .ayuda = Subidas y bajadas, con cancelar y repetir.
accion-log = Mensajes
    .corta = mensajes
    .ayuda = Todo lo que ha dicho el programa.
accion-theme = Tema
    .corta = tema
    .ayuda = Otros colores.
accion-language = Idioma
    .corta = idioma
    .ayuda = Español o inglés.
accion-sessions = Sesiones abiertas
    .corta = sesiones
    .ayuda = Dónde está abierta su sesión; permite cerrarlas.
accion-sign-out = Cerrar la sesión
    .corta = cerrar sesión
    .ayuda = Sale y vuelve a la pantalla de entrada.
accion-quit = Salir
    .corta = salir
    .ayuda = Cierra el programa.

## Panes

panel-expediente = Expediente
panel-documentos = Documentos
panel-vista-previa = Vista previa
panel-indice = Índice
col-numero = Nº
col-cliente = Cliente
col-vehiculo = Vehículo
col-matricula = Matrícula
col-asesor = Asesor
col-fase = Fase
col-importe = Importe
col-docs = Docs
col-faltan = Faltan
col-pedido = Pedido
columna = { $nombre }
accion = { $nombre }
n-de-total = { $n } de { $total }
hay-mas = { $donde } más
mas-de = más de { $n }
marcados =
    { $n } { $n ->
        [one] marcado
       *[other] marcados
    }
faltan =
    { $n ->
        [one] falta { $n }
       *[other] faltan { $n }
    }
rev = rev. { $n }
pagina-de = pág. { $n }/{ $total }
texto = texto
cerrado = cerrado
cargando = Cargando…
lista-larga = La lista es muy larga para ir hasta el final: ordénela al revés ({ TECLA("sort") }) o acote la búsqueda.
lista-vacia = Todavía no hay expedientes aquí. Pulse { TECLA("new") } para abrir uno.
busqueda-sin-resultados = Ningún expediente responde a esta búsqueda. Pulse Esc para quitarla o { TECLA("search") } para cambiarla.
documentos-sin-expediente = Elija un expediente para ver sus documentos.
documentos-vacio = Este expediente no tiene documentos. Pulse { TECLA("upload") } para subir el primero.
vista-previa-vacia = Elija un documento para ver su página.
calidad-reducida = calidad reducida ({ TECLA("sharpen") })
vista-previa-no = La vista previa está apagada en la configuración. Pulse o para abrir el original.
tmux-no-deja-pasar = tmux no deja pasar imágenes: si su terminal es kitty o Ghostty, ponga «set -g allow-passthrough on» en ~/.tmux.conf.
vista-previa-sin-color = Este terminal no muestra colores. Pulse t para leer el texto de la página.
pagina-sin-texto = Esta página no tiene texto. Pulse { TECLA("preview-text") } para volver a la imagen.
comparacion = comparación
fijada = fijada
al-ancho = al ancho
pagina-fijada = Página fijada: elija otro documento para verlo a su lado. { TECLA("other-half") } cambia de página, { TECLA("pin") } la suelta.
nada-fijado = No hay ninguna página fijada. Pulse { TECLA("pin") } para fijar la que se ve.
pagina-fuera = Escriba un número del 1 al { $total }.
pagina-de-cuantas = De 1 a { $total }
titulo-ir-a-pagina = Ir a la página
titulo-clave-documento = Clave del documento
falta-clave-documento = Escriba la clave con la que se abre el documento.
clave-documento-mala = Esa no es la clave del documento. Escríbala de nuevo.
escribir-clave = Pulse Intro para escribir la clave.
titulo-miniaturas = Miniaturas · { $total } { $total ->
        [one] página
       *[other] páginas
    }
pista-miniaturas = ↑ ↓ ← → elegir · Intro ir · Esc cerrar
buscar-en-documento = Buscar:
pista-buscar-documento = Intro siguiente   ↑ anterior   Tab a la página   Esc quitar
pista-texto = { TECLA("mark-range") } marcar   { TECLA("copy") } copiar   { TECLA("preview-text") } imagen   { TECLA("next-page") } seguir   { TECLA("find") } buscar   { TECLA("help") } ayuda
pista-hallazgos = { TECLA("find-next") } siguiente   { TECLA("find-previous") } anterior   { TECLA("find") } cambiar   Esc quitar
buscando = Buscando…
sin-coincidencias = Sin coincidencias
hallazgo-de = { $n } de { $total }
hallazgo-de-mas = { $n } de más de { $total }
marcar-en-texto = Para marcar líneas pulse antes { TECLA("preview-text") }: se marcan en el texto de la página.
copiar-texto-pagina = Texto de la página
sin-texto-que-copiar = Esta página no tiene texto que copiar.
sin-firmas = Este documento no lleva firmas digitales, o todavía no se ha visto ninguna de sus páginas.
firmado-por = firmado: { $nombre }
firma-integra = íntegra
firma-con-mas = con añadidos posteriores
firma-sin-comprobar = sin comprobar
firma-alterada = alterada
titulo-firmas = Firmas digitales
firma-emisor = Certificado de: { $valor }
firma-sellada = Firmado: { $valor }, con sello de tiempo
firma-sin-sello = Firmado: { $valor }, según quien firmó
firma-motivo = Motivo: { $valor }
firma-lugar = Lugar: { $valor }
firma-cubre-todo = La firma cubre todo el documento.
firma-no-cubre-todo = Al documento se le ha añadido algo después de esta firma.
firma-no-juzga = Si el certificado es de fiar no se comprueba.
indice-sin-expediente = Elija un expediente para ver su índice.
edicion-en-otro-titulo = edición abierta en otro expediente
edicion-en-otro-corto = edición en otro
guardando = guardando…
guardado-espera = se guarda al volver la línea
guardado-espera-corto = en espera
cambios-sin-guardar =
    { $n ->
        [0] editando
        [one] { $n } cambio sin guardar
       *[other] { $n } cambios sin guardar
    }
cambios-sin-guardar-corto =
    { $n ->
        [0] editando
       *[other] { $n } sin guardar
    }
conflicto-que-hacer =
    { $n ->
        [one] { $quien } ha cambiado
       *[other] { $quien } han cambiado
    } estos campos a la vez. Elija con ← y → qué se guarda en cada uno, y pulse Intro.
lo-mio = lo mío
lo-de = lo de { $quien }
estado-validado = validado
estado-pendiente = pendiente
estado-rechazado = rechazado
estado-falta = falta
estado-mas-adelante = más tarde
rol-asesor = asesor
rol-jefe-ventas = jefe de ventas
rol-administrativo = administrativo
rol-administrador = administrador
rol-soporte = soporte
en-linea = en línea
conectando = CONECTANDO
sin-respuesta = sin respuesta…
sesion-terminada = sesión terminada
sin-conexion = SIN CONEXIÓN
solo-lectura = SÓLO LECTURA
en-cola = { $n } en cola

## Before the panes

terminal-pequeno = El terminal es demasiado pequeño: hacen falta { $tamano } celdas.
conectando-con = Conectando…
servidor-no-responde = El servicio no responde. Se volverá a intentar en { $segundos } s.
conexion-reintento = Se volverá a intentar en { $segundos } s.
certificado-nuevo = Ninguna autoridad responde por el certificado de este servicio. Compare esta huella SHA-256 con la que le ha dado quien lo administra:
certificado-cambiado = ¡Atención! El certificado no es el que se confirmó antes. Si nadie le ha avisado, no siga. El de antes era:
certificado-pregunta = ¿Es la misma?  s: sí, confiar y seguir   n: no, salir
usuario = Usuario
clave = Clave
codigo = Código
entrando = Entrando…
demo-usuarios = Demostración: pulse un número, o elija con ↑ ↓ e Intro.
hola = Hola, { $nombre }.
elija-entidad-modelo = Elija entidad y modelo.
sin-entidades = Su usuario no trabaja con expedientes de ninguna entidad. Si no es lo que espera, avise a quien administra el servicio.
filtro-sin-resultados = Nada responde al filtro.

## Hints

pista-salir = Ctrl-C salir
pista-entrar = Tab campo siguiente   Intro entrar   Ctrl-C salir
pista-elegir = ↑ ↓ elegir   Intro entrar   escriba para filtrar   Esc volver   Ctrl-C salir
pista-elegir-sin-volver = ↑ ↓ elegir   Intro entrar   escriba para filtrar   Ctrl-C salir
pista-volver = Esc volver   Ctrl-C salir
pista-administra = ↑ ↓ elegir   Intro hacerlo   : órdenes   ? ayuda   q salir
pista-busqueda = Tab completar   ↑ recientes   Intro dejar puesta   Esc volver a lo anterior
tecleado-tras-guardar = No se ha podido guardar: lo tecleado después no se ha usado.
tecleado-sin-usar = El expediente no ha llegado: lo tecleado mientras tanto no se ha usado.
pista-espera = Esperando al expediente: lo tecleado se aplica al llegar   Esc lo deja
pista-edicion = { TECLA("save") } guardar   Tab siguiente   Esc salir
pista-conflicto = ← → elegir   Intro guardar   Esc editar
pista-lista = ↑ ↓ elegir · Intro tomar · Esc cerrar
pista-vistas = Intro tomar · Supr borrar · Esc cerrar
pista-sesiones = Intro cerrar esa sesión · Esc volver
pista-aceptar = Intro aceptar · Esc cancelar
pista-motivo = Intro aceptar · ↑ otros motivos · Esc cancelar
pista-pregunta = s sí · n no
pista-pregunta-huecos = s sí · e rellenar el primero · n no
pista-notas = { TECLA("mark") } hecho · { TECLA("edit-indice") } cambiar · { TECLA("delete") } borrar · Intro leer · { TECLA("advance") } aviso · { TECLA("new") } nota · Esc cerrar
pista-notas-vacio = { TECLA("new") } nota · { TECLA("advance") } aviso · Esc cerrar
pista-notas-leer = Intro leer · Esc cerrar
pista-leer-nota = ↑ ↓ desplazar · Esc volver
pista-mis-avisos = Intro ir · { TECLA("mark") } hecho · Esc cerrar
pista-escribir-nota = Intro guardar · Ctrl-J otra línea · Esc salir
pista-escribir-aviso = Intro seguir · { TECLA("save") } guardar · Ctrl-J otra línea · Esc salir
pista-escribir-para = Intro seguir · { TECLA("save") } guardar · ↓ elegir a otro · Esc salir
pista-escribir-dia = Intro guardar · Tab siguiente · Esc salir
pista-nuevo = { TECLA("save") } crear · Tab siguiente · Esc salir
pista-ficheros = Intro tomar · Tab marcar · { TECLA("save") } seguir · Retroceso subir · Esc cerrar
pista-revision = Intro subir · c tipo · d quitar · Esc volver
pista-revision-varios = Intro subir · c tipo · V marcar todos · Espacio marcar uno · d quitar · Esc volver
pista-historial = Intro deshacer el cambio elegido · Esc cerrar
pista-que-falta = Intro ir · { TECLA("force") } forzar · Esc cerrar
pista-que-falta-ir = Intro ir · Esc cerrar
pista-puede-avanzar = { TECLA("advance") } avanzar · Esc cerrar
pista-cerrado = { TECLA("retreat") } retroceder · Esc cerrar
pista-cerrar = Esc cerrar
pista-transferencias = Intro repetir · d cancelar · Esc cerrar
pista-mensajes = ↑ ↓ desplazar · Esc cerrar

## Keys

tecla-intro = Intro
tecla-espacio = Espacio
tecla-mayus = Mayús
tecla-inicio = Inicio
tecla-fin = Fin
tecla-repag = RePág
tecla-avpag = AvPág
tecla-retroceso = Retroceso
tecla-supr = Supr

## Overlays

titulo-paleta = Todas las acciones
titulo-ayuda = Ayuda: lo que se puede hacer aquí
titulo-nuevo = Nuevo
titulo-copiar = Copiar
titulo-ordenar = Ordenar por
titulo-vistas = Vistas guardadas
titulo-tipos = Tipo de documento
titulo-tipo-de = Tipo de «{ $nombre }»
titulo-tipo-de-varios = Tipo de los { $n } marcados
titulo-tipo-de-ahora = Tipo de «{ $nombre }», ahora { $tipo }
titulo-temas = Tema
titulo-sesiones = Sesiones abiertas
titulo-borrados = Documentos borrados
titulo-rechazar = Rechazar: ¿por qué?
titulo-borrar = Borrar: ¿por qué?
titulo-forzar = Forzar el avance: ¿por qué?
titulo-retroceder = Retroceder: ¿por qué?
titulo-renombrar = Nombre del documento
titulo-guardar-vista = Nombre de la vista
titulo-guardar-original = Carpeta donde guardar
titulo-plantillas = Documento de una plantilla
titulo-personas = Para quién es el aviso
sin-personas = Nadie más ve este expediente.
personas-sin-linea = Sin conexión: no se ha podido preguntar quién lo ve. Se volverá a intentar al volver la línea, o con ↓.
personas-sin-respuesta = No se ha podido preguntar quién lo ve. Pulse ↓ para intentarlo otra vez.
titulo-notas = Notas y avisos ─ { $numero }
titulo-nota-de = Nota ─ { $numero }
titulo-aviso-de = Aviso ─ { $numero }
titulo-nota-nueva = Nota nueva ─ { $numero }
titulo-nota-cambiar = Cambiar la nota ─ { $numero }
titulo-aviso-nuevo = Aviso nuevo ─ { $numero }
titulo-aviso-cambiar = Cambiar el aviso ─ { $numero }
titulo-mis-avisos =
    { $n ->
        [0] Mis avisos
       *[other] Mis avisos ─ { $n }
    }
sin-notas = Sin notas ni avisos.
sin-avisos = No tiene nada pendiente.
n-expedientes =
    { $n ->
        [one] { $n } expediente
       *[other] { $n } expedientes
    }
n-notas =
    { $n ->
        [one] { $n } nota
       *[other] { $n } notas
    }
n-avisos =
    { $n ->
        [one] { $n } aviso
       *[other] { $n } avisos
    }
campo-para = Para
campo-vence = Vence
sin-dia = sin día
dia-vacio = vacío: sin día
dia-no-existe = Ese día no existe.
dia-no-se-entiende = No es un día: 05/12, +3, lunes…
dia-ejemplo = 05/12, +3, mañana, lunes…
dia-semana =
    { $n ->
        [1] lunes
        [2] martes
        [3] miércoles
        [4] jueves
        [5] viernes
        [6] sábado
       *[other] domingo
    }
vencio-hace = venció hace { $n } d
vence-hoy = vence hoy
vence-manana = vence mañana
vence-en = vence en { $n } d
aviso-hecho-el = hecho el { $dia }
aviso-de-a = De { $de } para { $para }
aviso-puesto-por = lo pide { $quien }
nota-con-cambios = cambiada después
titulo-pregunta-huecos = Faltan datos
titulo-pregunta-validar = Validar
titulo-pregunta-rechazar = Rechazar
titulo-pregunta-borrar = Borrar
titulo-pregunta-descartar = Salir sin guardar
titulo-pregunta-avanzar = Avanzar de fase
titulo-pregunta-forzar = Forzar el avance
titulo-pregunta-deshacer = Deshacer
titulo-pregunta-cancelar = Cancelar la transferencia
titulo-pregunta-salir = Salir del programa
titulo-pregunta-sesion = Cerrar la sesión
titulo-pregunta-vista = Borrar la vista
titulo-sesion-caducada = La sesión ha terminado
sesion-caducada = Entre de nuevo para seguir. Lo que estaba escribiendo sigue aquí.
titulo-nuevo-expediente = Expediente nuevo
asesor-sin-elegir = Asesor: sin elegir   (RePág y AvPág eligen)
nuevo-sin-cliente = Escriba de quién es el expediente.
nuevo-sin-asesor = Elija de qué asesor es: RePág y AvPág.
nuevo-sin-asesores = Aquí no hay ningún asesor de quien pueda ser; avise a quien administra el servicio.
administra = Su usuario administra el servicio y no ve expedientes. Usuarios, entidades y modelos se llevan en la máquina del servicio, con estas órdenes:
administra-corto = Administra el servicio y no ve expedientes: use «expedientes admin» en su máquina.
administra-user = usuarios: list, add, set, password, totp…
administra-config = entidades y modelos: check, diff, apply
administra-audit = que nadie haya tocado la auditoría
administra-backup = copia de datos y originales
administra-ayuda = todas las órdenes; más en docs/servicio.md
asesor-elegido = Asesor: { $nombre }   (RePág y AvPág cambian)
titulo-subir = Subir a { $numero }
titulo-subir-tipo = Subir { $tipo } a { $numero }
titulo-version = Versión nueva de «{ $nombre }» · { $numero }
titulo-revisar-subida = Subir a { $numero }: revise los tipos
carpeta-vacia = Aquí no hay nada que responda al filtro.
ruta-escrita = Intro abre { $ruta }
sin-borrados = No hay documentos borrados.
tipo-sin-decir = ¿tipo?
titulo-historial = Historial
titulo-que-falta = Qué falta en { $numero }
no-falta-nada = No falta nada: puede avanzar.
cerrado-que-hacer = El expediente está cerrado: sólo se puede leer. { TECLA("retreat") } lo devuelve a la fase anterior, con un motivo.
cerrado-quien = El expediente está cerrado: sólo se puede leer. Volver a abrirlo, retrocediendo, es cosa del jefe de ventas.
falta-validar = falta validarlo
falta-rechazado = está rechazado
falta-documento = falta el documento
falta-aviso = Intro abre los avisos
falta-campo = falta rellenarlo
titulo-transferencias = Transferencias
sin-transferencias = No hay subidas, ni bajadas, ni cambios en espera.
cola-espera = espera a la línea
cola-en-curso = en curso
cola-indice =
    Guardar el índice: { $n ->
        [one] { $n } campo
       *[other] { $n } campos
    }
cola-deshacer = Deshacer un cambio del índice
cola-avanzar = Avanzar de fase
cola-forzar = Forzar el avance
cola-retroceder = Retroceder de fase
cola-validar = Validar { $nombre }
cola-rechazar = Rechazar { $nombre }
cola-cambiar-documento = Cambiar { $nombre }
cola-borrar-documento = Borrar { $nombre }
cola-recuperar = Recuperar un documento
cola-nota = Nota: { $texto }
cola-cambiar-nota = Cambiar la nota: { $texto }
cola-borrar-nota = Borrar una nota
cola-aviso = Aviso: { $texto }
cola-cambiar-aviso = Cambiar un aviso
cola-borrar-aviso = Borrar un aviso
cola-plantilla = Documento de una plantilla
transferencia-en-cola = en cola
transferencia-hecha = hecha
transferencia-cancelada = cancelada
titulo-mensajes = Mensajes
sin-mensajes = Todavía no hay mensajes.
hace-minutos =
    { $n ->
        [0] ahora
       *[other] hace { $n } min
    }
no = No
si = Sí
nuevo-expediente = Expediente
nuevo-documento = Documento de un fichero
nuevo-plantilla = Documento de una plantilla
nuevo-nota = Nota
nuevo-aviso = Aviso
copiar-numero = Número del expediente
copiar-nombre = Nombre del documento
copiar-sha256 = SHA-256 del documento
sesion-actual = es ésta
sesion-detalle = Abierta el { $abierta }; usada el { $usada }.

## Why not

no-permiso = Su usuario no puede hacer esto; sólo mira.
no-permiso-revisar = Validar y rechazar documentos es cosa de administración.
no-permiso-borrar = Borrar y recuperar documentos lo hacen administración y el jefe de ventas.
no-permiso-retroceder = Volver a la fase anterior lo hacen administración y el jefe de ventas.
no-permiso-forzar = Pasar de fase aunque falte algo lo decide el jefe de ventas.
no-cerrado = El expediente está cerrado.
no-linea = No hay conexión con el servicio.
no-expediente = Elija antes un expediente.
no-fijada = La página señalada es la fijada: pase a la otra ({ TECLA("other-half") }) para validar o rechazar lo elegido.
no-documento = Elija antes un documento.
no-subido = Este documento falta todavía: pulse { TECLA("upload") } para subirlo.
no-cargado = Espere a que se cargue el expediente.
no-edicion = No se está editando nada.
no-edicion-abierta = Guarde antes lo que está editando, o salga con Esc.
no-vistas = Todavía no hay vistas guardadas.
no-hay-mas-fases = El expediente está en su última fase.
nada-que-deshacer = El índice de este expediente no tiene cambios que deshacer.
lote-avanzado = Avanzados: { $n }.
lote-con-faltas = Avanzados: { $n }; no han podido: { $faltan }. Siguen marcados; qué le falta a cada uno está en los mensajes ({ TECLA("log") }).
fase-falta = { $numero }: falta { $motivo }
no-deshacible = Ese cambio no se puede deshacer: no es del índice, o lo que cambió ha vuelto a cambiar. Los demás están en el historial ({ TECLA("history") }).
no-quedan-pendientes = No quedan documentos pendientes en la lista.
no-quedan-pendientes-cerca = Entre los primeros { $n } no quedan documentos pendientes; búsquelos con estado:pendiente.

## Toasts

copiado = Copiado.
conexion-vuelve = Vuelve a haber conexión.
sesion-vuelve = Sesión abierta de nuevo.
hecho = Hecho.
ya-validado = Ya está validado.
nota-guardada = Nota guardada en { $numero }
nota-guardada-sola = Nota guardada
notas-guardadas =
    { $faltan ->
        [0] Nota guardada en { $n } expedientes.
       *[other] Nota guardada en { $n } expedientes; en { $faltan } no, y vuelve a la pantalla.
    }
nota-cambiada = Nota cambiada en { $numero }
nota-cambiada-sola = Nota cambiada
nota-borrada = Nota borrada
aviso-puesto = Aviso para { $para } en { $numero }
aviso-puesto-solo = Aviso para { $para }
avisos-puestos =
    { $faltan ->
        [0] Aviso puesto en { $n } expedientes.
       *[other] Aviso puesto en { $n } expedientes; en { $faltan } no, y vuelve a la pantalla.
    }
aviso-cambiado = Aviso cambiado en { $numero }
aviso-cambiado-solo = Aviso cambiado
aviso-hecho = Aviso hecho en { $numero }
aviso-hecho-solo = Aviso hecho
aviso-reabierto = Aviso abierto otra vez en { $numero }
aviso-reabierto-solo = Aviso abierto otra vez
aviso-borrado = Aviso borrado
plantilla-hecha = Hecho: { $nombre }
plantilla-no-hecha = «{ $nombre }» no se ha hecho. { $motivo }
plantilla-con-faltas =
    { $n ->
        [one] «{ $nombre }» no se ha hecho: falta { $campos }. Rellénelo, o pídalo otra vez para hacerlo con un hueco.
       *[other] «{ $nombre }» no se ha hecho: faltan { $campos }. Rellénelos, o pídalo otra vez para hacerlo con huecos.
    }
nota-sin-texto = Escriba algo, o salga con Esc.
nota-larga = No caben más de { $n } caracteres: acórtelo.
nota-ajena = Sólo puede cambiarlo quien lo escribió.
nota-ajena-borrar = Sólo puede borrarlo quien lo escribió.
nota-no-se-hace = Una nota no se da por hecha; los avisos sí.
aviso-sin-destinatario = Elija para quién es.
aviso-sin-acceso = Su usuario no trabaja en la entidad de { $numero }: avise a quien administra el servicio.
no-plantillas = No hay plantillas para este expediente.
documento-recuperado = Recuperado: { $nombre }
documento-validado = Validado: { $nombre }
documento-rechazado = Rechazado: { $nombre }
documento-cambiado = Cambiado: { $nombre }
documento-no-cambiado = No se ha cambiado { $nombre }: { $motivo }
documento-borrado = Documento borrado; se puede recuperar desde la paleta.
documento-duplicado = El contenido de { $nombre } ya está en el expediente { $numero }.
indice-guardado = Índice guardado.
indice-guardado-con-aviso = Índice guardado. { $aviso }
indice-sin-cambios = No había cambios que guardar.
indice-con-errores = Hay un campo con un error: corríjalo para guardar.
indice-juntado = { $quien } ha cambiado otros campos a la vez: se guarda todo junto.
indice-conflicto = { $quien } ha cambiado los mismos campos a la vez: elija cuál vale.
indice-cambiado-por-otro = Otra persona acaba de cambiar el índice de este expediente.
edicion-en-otro = Tiene una edición abierta en otro expediente: guárdela o salga de ella.
guardado-pendiente = Se guardará en cuanto vuelva la conexión; lo escrito sigue aquí.
cambio-espera = El último cambio se enviará en cuanto vuelva la conexión; no hay que repetirlo.
nuevo-sin-linea = No hay conexión: lo escrito sigue aquí. Vuelva a guardar cuando la haya.
nuevo-resto-sin-guardar = Creado como se envió antes del corte; lo escrito después no se guardó porque hay otro índice sin guardar: repáselo.
pegado-cortado = Lo pegado no cabía entero: se ha cortado.
pegado-sin-rutas = Lo pegado no son rutas de ficheros.
deshecho = Deshecho.
fase-cambiada = { $numero } está en { $fase }.
fase-no-cambiada = { $numero }: { $motivo }
expediente-creado = Abierto el expediente { $numero }.
nada-marcado = Marque antes algún fichero con Tab, o pulse Intro sobre uno.
subidas-en-cola =
    { $n ->
        [one] Una subida en cola.
       *[other] { $n } subidas en cola.
    }
subida-hecha = Subido: { $nombre }
tanda-hecha = { $n } subidas hechas.
tanda-con-errores =
    { $n ->
        [one] Una subida
       *[other] { $n } subidas
    }, { $mal ->
        [one] una con error: «{ $nombre }»: { $motivo }
       *[other] { $mal } con error; la primera, «{ $nombre }»: { $motivo }
    }
subida-espera = { $nombre } seguirá cuando vuelva la conexión.
bajada-hecha = { $nombre } está en { $carpeta }.
transferencia-fallida = { $nombre }: { $motivo }
vista-guardada = Vista guardada: { $nombre }
falta-motivo = Escriba el motivo.
falta-nombre = Escriba un nombre.
falta-carpeta = Escriba una carpeta.
nombre-largo = El nombre es demasiado largo: 40 caracteres como mucho.

## Questions

pregunta-salir-sin-guardar = Hay algo escrito sin guardar. ¿Salir y perderlo?
pregunta-salir-con-subidas =
    { $n ->
        [one] Hay una transferencia en curso.
       *[other] Hay { $n } transferencias en curso.
    } ¿Salir de todas formas?
pregunta-salir-cambios =
    { $n ->
        [one] Hay un cambio sin enviar; queda en este equipo y se envía cuando vuelva a entrar en él. ¿Salir?
       *[other] Hay { $n } cambios sin enviar; quedan en este equipo y se envían cuando vuelva a entrar en él. ¿Salir?
    }
pregunta-salir-cambios-perder =
    { $n ->
        [one] Hay un cambio sin enviar, y en este equipo no se guarda. ¿Salir y perderlo?
       *[other] Hay { $n } cambios sin enviar, y en este equipo no se guardan. ¿Salir y perderlos?
    }
pregunta-salir-guardado = Hay algo escrito sin guardar; queda en este equipo y sigue cuando vuelva a entrar. ¿Salir?
pregunta-salir-siguen =
    { $n ->
        [one] Hay una transferencia en curso; las subidas siguen cuando vuelva a entrar en este equipo. ¿Salir?
       *[other] Hay { $n } transferencias en curso; las subidas siguen cuando vuelva a entrar en este equipo. ¿Salir?
    }
recuperado-indice = De la vez anterior queda un índice escrito sin guardar: pulse { TECLA("edit-indice") } para seguir con él.
recuperado-nuevo = De la vez anterior queda este expediente nuevo sin crear.
recuperado-nota = De la vez anterior queda esto escrito sin guardar.
recuperado-cambios =
    { $n ->
        [one] De la vez anterior quedaba un cambio sin respuesta: se envía ahora.
       *[other] De la vez anterior quedaban { $n } cambios sin respuesta: se envían ahora.
    }
recuperado-subidas =
    { $n ->
        [one] De la vez anterior quedaba una subida a medias: sigue ahora.
       *[other] De la vez anterior quedaban { $n } subidas a medias: siguen ahora.
    }
pregunta-salir-sesion = ¿Cerrar la sesión?
pregunta-descartar = ¿Salir de la edición y perder los cambios?
pregunta-descartar-nota = ¿Salir y perder lo escrito?
pregunta-borrar-nota = ¿Borrar la nota «{ $texto }»?
pregunta-borrar-aviso = ¿Borrar el aviso «{ $texto }»?
pregunta-huecos =
    { $n ->
        [one] En «{ $nombre }» falta { $campos }: ¿hacer el documento con un hueco?
       *[other] En «{ $nombre }» faltan { $campos }: ¿hacer el documento con huecos?
    }
pregunta-descartar-nuevo = ¿Salir y perder lo escrito en el expediente nuevo?
pregunta-validar-sin-ver = Todavía no se ha visto «{ $nombre }». ¿Validarlo sin verlo?
pregunta-rechazar-sin-ver = Todavía no se ha visto «{ $nombre }». ¿Rechazarlo sin verlo?
pregunta-rechazar-varios = ¿Rechazar { $n } documentos con ese motivo? Sin haberlos visto: { $sinver }.
pregunta-validar-varios = ¿Validar { $n } documentos? Sin haberlos visto: { $sinver }. Rechazados antes: { $rechazados }.
pregunta-borrar = ¿Borrar «{ $nombre }»?
pregunta-borrar-varios = ¿Borrar { $n } documentos?
pregunta-borrar-vista = ¿Borrar la vista «{ $nombre }»?
pregunta-avanzar =
    ¿Pasar { $numero } a { $fase }?{ $cierra ->
        [1] {" "}Con eso se cierra: queda de sólo lectura.
       *[other] {""}
    }
pregunta-avanzar-uno =
    ¿Avanzar { $numero } a su fase siguiente?{ $cierra ->
        [1] {" "}Si pasa a { $fase }, se cierra: queda de sólo lectura.
       *[other] {""}
    }
pregunta-avanzar-varios =
    ¿Avanzar { $n } expedientes ({ $numeros }) a su fase siguiente?{ $cierra ->
        [1] {" "}Los que pasen a { $fase } se cierran: quedan de sólo lectura.
       *[other] {""}
    }
pregunta-forzar-cierre = ¿Forzar { $numero } a { $fase }? Con eso se cierra: queda de sólo lectura. { faltan-cosas }
pregunta-forzar-cierre-uno = ¿Forzar { $numero } a su fase siguiente? Si pasa a { $fase }, se cierra: queda de sólo lectura.
pregunta-forzar-cierre-varios = ¿Forzar { $n } expedientes ({ $numeros }) a su fase siguiente? Los que pasen a { $fase } se cierran: quedan de sólo lectura.
paso-a = { $numero }: pasa a { $fase }
paso-a-cierre = { $numero }: pasa a { $fase } y se cierra
faltan-cosas =
    { $n ->
        [0] No falta nada
        [one] Falta
       *[other] Faltan
    }{ $documentos ->
        [0] {""}
        [one] {" "}1 documento
       *[other] {" "}{ $documentos } documentos
    }{ $antescampos ->
        [1] ,
        [2] {" "}y
       *[other] {""}
    }{ $campos ->
        [0] {""}
        [one] {" "}1 campo
       *[other] {" "}{ $campos } campos
    }{ $antesavisos ->
        [2] {" "}y
       *[other] {""}
    }{ $avisos ->
        [0] {""}
        [one] {" "}1 aviso
       *[other] {" "}{ $avisos } avisos
    }.
pregunta-deshacer = ¿Deshacer el cambio de { $quien }? { $cambios }
pregunta-cancelar-transferencia = ¿Cancelar «{ $nombre }»?

## History

clase-expediente-creado = Abre el expediente
clase-indice-cambiado = Cambia el índice
clase-indice-deshecho = Deshace un cambio
clase-fase-avanzada = Avanza de fase
clase-fase-forzada = Fuerza el avance
clase-fase-retrocedida = Retrocede de fase
clase-documento-subido = Sube un documento
clase-documento-version = Sube una versión
clase-documento-cambiado = Cambia un documento
clase-documento-validado = Valida un documento
clase-documento-rechazado = Rechaza un documento
clase-documento-borrado = Borra un documento
clase-documento-recuperado = Recupera un documento
clase-nota-escrita = Escribe una nota
clase-nota-cambiada = Cambia una nota
clase-nota-borrada = Borra una nota
clase-aviso-puesto = Pone un aviso
clase-aviso-cambiado = Cambia un aviso
clase-aviso-hecho = Hace un aviso
clase-aviso-reabierto = Abre otra vez un aviso
clase-aviso-borrado = Borra un aviso
clase-configuracion-cambiada = Cambia la configuración
clase-otra = Otro cambio
