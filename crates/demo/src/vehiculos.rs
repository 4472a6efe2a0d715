//! Vehicles on offer: what the price lists and the used market of a dealership would hold.

use crate::azar::Azar;

/// A version in the price list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// Slug of the brand, an option of the field `marca`.
    pub marca: &'static str,
    /// Name of the brand.
    pub marca_nombre: &'static str,
    /// Model and trim as people say it: `Ibiza FR 1.0`.
    pub vehiculo: &'static str,
    /// The rest of the version: `1.0 TSI 116 CV`.
    pub version: &'static str,
    /// Maker's code, the first three characters of the VIN.
    pub wmi: &'static str,
    /// The maker's code of the model, two characters in the VIN.
    pub codigo: &'static str,
    /// Price with taxes, euros.
    pub euros: i64,
}

macro_rules! versions {
    ($($marca:literal $nombre:literal { $($vehiculo:literal, $version:literal, $wmi:literal $codigo:literal, $euros:literal;)+ })+) => {
        &[$($(Version {
            marca: $marca,
            marca_nombre: $nombre,
            vehiculo: $vehiculo,
            version: $version,
            wmi: $wmi,
            codigo: $codigo,
            euros: $euros,
        },)+)+]
    };
}

/// New vehicles: the brands that a Seat dealership sells.
pub const NUEVOS: &[Version] = versions! {
    "seat" "SEAT" {
        "Ibiza Reference 1.0", "1.0 MPI 80 CV", "VSS" "KJ", 16_990;
        "Ibiza Style 1.0", "1.0 TSI 95 CV", "VSS" "KJ", 18_760;
        "Ibiza FR 1.0", "1.0 TSI 116 CV", "VSS" "KJ", 20_430;
        "Ibiza FR 1.5", "1.5 TSI 150 CV DSG", "VSS" "KJ", 24_310;
        "Arona Style 1.0", "1.0 TSI 95 CV", "VSS" "KJ", 21_150;
        "Arona FR 1.0", "1.0 TSI 116 CV DSG", "VSS" "KJ", 25_270;
        "León Style 1.5", "1.5 TSI 115 CV", "VSS" "KL", 25_840;
        "León FR 1.5", "1.5 eTSI 150 CV DSG", "VSS" "KL", 31_960;
        "León ST 2.0", "Sportstourer 2.0 TDI 150 CV DSG", "VSS" "KM", 34_720;
        "León FR e-Hybrid", "1.5 e-Hybrid 204 CV DSG", "VSS" "KL", 39_480;
        "Ateca Style 1.5", "1.5 TSI 150 CV", "VSS" "5F", 31_290;
        "Ateca FR 2.0", "2.0 TDI 150 CV DSG", "VSS" "5F", 38_640;
    }
    "cupra" "CUPRA" {
        "Formentor 1.5", "1.5 TSI 150 CV", "VSS" "KM", 33_880;
        "Formentor VZ 2.0", "2.0 TSI 333 CV 4Drive", "VSS" "KM", 52_370;
        "Born 170", "e-Boost 170 kW 59 kWh", "VSS" "K1", 37_540;
        "Terramar 1.5", "1.5 eTSI 150 CV DSG", "VSS" "KP", 41_990;
        "Tavascan Endurance", "210 kW 77 kWh", "VSS" "KR", 53_110;
    }
};

/// Used vehicles: a wider street.
pub const USADOS: &[Version] = versions! {
    "seat" "SEAT" {
        "Ibiza Style 1.0", "1.0 TSI 95 CV", "VSS" "KJ", 14_500;
        "León FR 1.4", "1.4 TSI 125 CV", "VSS" "5F", 15_900;
        "León ST Xcellence 1.6", "1.6 TDI 115 CV", "VSS" "5F", 16_490;
        "Ateca Xcellence 2.0", "2.0 TDI 150 CV", "VSS" "5F", 22_900;
    }
    "volkswagen" "Volkswagen" {
        "Polo Advance 1.0", "1.0 TSI 95 CV", "WVW" "AW", 15_490;
        "Golf Life 1.5", "1.5 TSI 130 CV", "WVW" "CD", 21_900;
        "Golf R-Line 2.0", "2.0 TDI 150 CV DSG", "WVW" "CD", 26_400;
        "Tiguan Sport 2.0", "2.0 TDI 150 CV DSG", "WVG" "5N", 28_900;
        "T-Roc Style 1.5", "1.5 TSI 150 CV", "WVG" "A1", 23_750;
    }
    "skoda" "Škoda" {
        "Fabia Ambition 1.0", "1.0 TSI 95 CV", "TMB" "PJ", 14_990;
        "Octavia Combi 2.0", "2.0 TDI 116 CV", "TMB" "NX", 22_350;
        "Kodiaq Style 2.0", "2.0 TDI 150 CV DSG", "TMB" "NS", 31_900;
    }
    "audi" "Audi" {
        "A1 Sportback 30", "30 TFSI 110 CV", "WAU" "GB", 20_900;
        "A3 Sportback 35", "35 TFSI 150 CV S tronic", "WAU" "GY", 26_800;
        "A4 Avant 35", "35 TDI 163 CV S line", "WAU" "8W", 31_700;
        "Q3 35 TDI", "35 TDI 150 CV S tronic", "WAU" "F3", 34_950;
    }
    "peugeot" "Peugeot" {
        "208 Allure 1.2", "1.2 PureTech 100 CV", "VF3" "UB", 15_200;
        "3008 Active 1.5", "1.5 BlueHDi 130 CV", "VF3" "MC", 21_300;
    }
    "renault" "Renault" {
        "Clio Zen 1.0", "1.0 TCe 90 CV", "VF1" "RJ", 13_900;
        "Captur Techno 1.3", "1.3 TCe 140 CV", "VF1" "RJ", 19_800;
    }
    "toyota" "Toyota" {
        "Yaris Active 1.5", "1.5 Hybrid 116 CV", "VNK" "KB", 18_200;
        "Corolla Style 1.8", "1.8 Hybrid 140 CV", "SB1" "Z9", 22_600;
    }
};

/// A new vehicle.
pub fn nuevo(azar: &mut Azar) -> &'static Version {
    azar.pick(NUEVOS)
}

/// A used vehicle.
pub fn usado(azar: &mut Azar) -> &'static Version {
    azar.pick(USADOS)
}

/// Colours of the order form.
pub const COLORES: &[&str] = &[
    "Blanco Candy",
    "Rojo Desire",
    "Gris Magnético",
    "Negro Medianoche",
    "Azul Safira",
    "Plata Urbano",
    "Gris Grafeno",
];

/// Extras of the order form with their price in cents.
pub const EXTRAS: &[(&str, i64)] = &[
    ("Pintura metalizada", 52_000),
    ("Paquete de invierno", 38_500),
    ("Faros full LED", 79_000),
    ("Cámara de visión trasera", 31_000),
    ("Navegador de 10 pulgadas", 69_500),
    ("Llantas de aleación de 18 pulgadas", 61_000),
    ("Techo panorámico", 104_500),
    ("Rueda de repuesto", 14_500),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_fit_a_vin() {
        for v in NUEVOS.iter().chain(USADOS) {
            assert!(v.wmi.len() == 3 && v.codigo.len() == 2, "{v:?}");
            assert!(!v.wmi.contains(['I', 'O', 'Q']) && !v.codigo.contains(['I', 'O', 'Q']), "{v:?}");
        }
    }
}
