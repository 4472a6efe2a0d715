#!/usr/bin/env python3
"""Makes the signed PDFs beside it, with the `openssl` program. Keys are made anew each time and thrown away."""

import hashlib
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
TMP = pathlib.Path(tempfile.mkdtemp())
WHO = "/C=ES/O=Concesionario de prueba/CN=MUÑOZ PÉREZ ANA - 12345678Z"


def openssl(*args, data=None):
    return subprocess.run(["openssl", *args], cwd=TMP, input=data, capture_output=True, check=True).stdout


def certificate(name, subject, key, serial, ext=""):
    openssl("genpkey", *key, "-out", f"{name}.key")
    openssl("req", "-new", "-utf8", "-key", f"{name}.key", "-subj", subject, "-out", f"{name}.csr")
    (TMP / f"{name}.ext").write_text("subjectKeyIdentifier=hash\n" + ext)
    openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", str(serial),
            "-days", "3650", "-extfile", f"{name}.ext", "-out", f"{name}.pem")


def der(tag, *parts):
    body = b"".join(parts)
    n = len(body)
    size = bytes([n]) if n < 128 else (lambda b: bytes([0x80 | len(b)]) + b)(n.to_bytes((n.bit_length() + 7) // 8, "big"))
    return bytes([tag]) + size + body


def pieces(body):
    out = []
    while body:
        n, at = body[1], 2
        if n & 0x80:
            n, at = int.from_bytes(body[2:2 + (n & 0x7F)], "big"), 2 + (n & 0x7F)
        out.append((body[0], body[at:at + n], body[:at + n]))
        body = body[at + n:]
    return out


def stamp(digest_of):
    (TMP / "data").write_bytes(digest_of)
    openssl("ts", "-query", "-data", "data", "-sha256", "-cert", "-no_nonce", "-out", "q.tsq")
    (TMP / "serial").write_text("01\n")
    (TMP / "ts.cnf").write_text(
        "[t]\nserial=serial\ndefault_policy=1.2.3.4\ndigests=sha256\nsigner_digest=sha256\nordering=no\n"
        "tsa_name=no\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n")
    openssl("ts", "-reply", "-config", "ts.cnf", "-section", "t", "-queryfile", "q.tsq", "-signer", "tsa.pem",
            "-inkey", "tsa.key", "-token_out", "-out", "token.der")
    return (TMP / "token.der").read_bytes()


def with_stamp(cms):
    """Adds a time stamp of the signature to what is not signed."""
    (_, _, raw_oid), (_, explicit, _) = pieces(pieces(cms)[0][1])
    parts = pieces(pieces(explicit)[0][1])
    info = pieces(parts[-1][1])[0]
    signature = pieces(info[1])[-1][1]
    attribute = der(0x30, bytes.fromhex("060b2a864886f70d010910020e"), der(0x31, stamp(signature)))
    signers = der(0x31, der(0x30, info[1], der(0xA1, attribute)))
    return der(0x30, raw_oid, der(0xA0, der(0x30, *[r for _, _, r in parts[:-1]], signers)))


def cms(*args, signer="ana"):
    def sign(data):
        (TMP / "data").write_bytes(data)
        return openssl("cms", "-sign", "-binary", "-in", "data", "-signer", f"{signer}.pem", "-inkey",
                       f"{signer}.key", "-outform", "DER", "-nosmimecap", *args)
    return sign


def base():
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [5 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R >>",
        b"<< /Length 30 >>\nstream\n1 0 0 rg 0 0 20 20 re f       \nendstream",
    ]
    out = b"%PDF-1.7\n"
    for n, o in enumerate(objects, 1):
        out += b"%d 0 obj\n%s\nendobj\n" % (n, o)
    return out


def signature(number, field, subfilter, kind, size):
    """Field and signature dictionary; the numbers of the byte range come later."""
    name, why = field
    return (b"%d 0 obj\n<< /FT /Sig /T (%s) /Subtype /Widget /Rect [0 0 0 0] /F 132 /V %d 0 R >>\nendobj\n"
            b"%d 0 obj\n<< /Type /%s /Filter /Adobe.PPKLite /SubFilter /%s %s\n/ByteRange [0 %s]\n/Contents <%s>\n>>\nendobj\n"
            % (number, name, number + 1, number + 1, kind, subfilter, why, b"#" * 30, b"@" * (2 * size)))


def sign(out, how):
    hole = out.index(b"<@@")
    end = out.index(b"@>") + 2
    numbers = b"%d %d %d" % (hole, end, len(out) - end)
    out = out.replace(b"#" * 30, numbers.ljust(30))
    blob = how(out[:hole] + out[end:])
    room = end - hole - 2
    assert len(blob) * 2 <= room, (len(blob), room)
    return out[:hole] + b"<" + blob.hex().encode().ljust(room, b"0") + b">" + out[end:]


WHY = b"/Reason (Conforme con el pedido) /Location (Oviedo) /M (D:20261124213000+01'00')"


def one(name, subfilter, how, size=2600, kind=b"Sig"):
    out = base() + signature(5, (b"Cliente", WHY), subfilter, kind, size)
    out += b"trailer << /Root 1 0 R /Size 7 >>\n%%EOF\n"
    out = sign(out, how)
    (HERE / f"{name}.pdf").write_bytes(out)
    return out


def two(name, first):
    out = first + (b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [7 0 R 5 0 R] >> >>\nendobj\n")
    out += signature(7, (b"Concesionario", b""), b"ETSI.CAdES.detached", b"Sig", 2600)
    out += b"trailer << /Root 1 0 R /Size 9 >>\n%%EOF\n"
    (HERE / f"{name}.pdf").write_bytes(sign(out, cms("-md", "sha256", "-cades", "-keyid", signer="jefe")))


openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "ca.key",
        "-subj", "/C=ES/O=Pruebas/CN=AC DE PRUEBAS", "-days", "3650", "-out", "ca.pem")
rsa = ("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
certificate("ana", WHO, rsa, 7)
certificate("falsa", WHO, rsa, 7)
certificate("jefe", "/C=ES/O=Concesionario de prueba", ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"), 8)
certificate("p256", "/CN=Curva", ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"), 9)
certificate("tsa", "/CN=Sello de prueba", rsa, 10, "extendedKeyUsage=critical,timeStamping\n")

detached = b"adbe.pkcs7.detached"
two("firma-dos", one("firma-rsa", detached, cms("-md", "sha256")))
one("firma-sha512", detached, cms("-md", "sha512"))
one("firma-sin-atributos", detached, cms("-md", "sha256", "-noattr"))
one("firma-p256", b"ETSI.CAdES.detached", cms("-md", "sha256", signer="p256"))
pss = ("-md", "sha256", "-keyopt", "rsa_padding_mode:pss", "-keyopt")
one("firma-pss", detached, cms(*pss, "rsa_pss_saltlen:32"))
one("firma-pss-sal", detached, cms(*pss, "rsa_pss_saltlen:20"))
one("firma-sha1", b"adbe.pkcs7.sha1",
    lambda data: cms("-md", "sha1", "-nodetach", "-stream")(hashlib.sha1(data).digest()))
one("firma-sin-certificado", detached, cms("-md", "sha256", "-nocerts"))
one("firma-otra-clave", detached, cms("-md", "sha256", "-nocerts", "-certfile", "falsa.pem"))
one("firma-sellada", detached, lambda data: with_stamp(cms("-md", "sha256")(data)), 5200)
one("sello", b"ETSI.RFC3161", stamp, kind=b"DocTimeStamp")
