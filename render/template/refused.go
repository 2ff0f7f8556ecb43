package template

import "strings"

// refusals are the functions of sprig that are not here, by reason.
var refusals = map[string]string{
	"reads the clock":                                          "ago date dateInZone dateModify date_in_zone date_modify htmlDate htmlDateInZone mustDateModify must_date_modify now",
	"reads the environment":                                    "env expandenv",
	"asks the network":                                         "getHostByName",
	"is random":                                                "bcrypt buildCustomCert derivePassword encryptAES genCA genCAWithKey genPrivateKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey htpasswd randAlpha randAlphaNum randAscii randBytes randInt randNumeric shuffle uuidv4",
	"has to do with secrets":                                   "decryptAES",
	"depends on the zone or the system":                        "mustToDate osBase osClean osDir osExt osIsAbs toDate",
	"has the order of a map, or makes one":                     "dict dig fromJson get hasKey keys merge mergeOverwrite mustFromJson mustMerge mustMergeOverwrite omit pick pluck set split splitn unset urlJoin urlParse values",
	"makes as much as it is told, of nothing":                  "indent nindent repeat seq until untilStep",
	"counts bytes and cuts letters, and a page does not":       "abbrev abbrevboth initials substr trunc wrap wrapWith",
	"hides the type of what it gives":                          "append chunk compact concat deepCopy deepEqual mustAppend mustChunk mustCompact mustDeepCopy mustFirst mustHas mustInitial mustLast mustPrepend mustPush mustRest mustReverse mustSlice mustUniq mustWithout prepend push semver slice tuple without",
	"writes Go's view of a value":                              "cat kindIs kindOf mustToJson mustToPrettyJson mustToRawJson quote squote toJson toPrettyJson toRawJson toString toStrings typeIs typeIsLike typeOf",
	"reads a text as 0 where it is no number":                  "atoi float64 int int64 toDecimal",
	"rounds what a page shows in full":                         "add1f addf ceil divf duration durationRound floor maxf minf mulf round subf unixEpoch",
	"ends with a panic for a pattern that does not compile":    "mustRegexFind mustRegexFindAll mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral mustRegexSplit regexFind regexFindAll regexMatch regexQuoteMeta regexReplaceAll regexReplaceAllLiteral regexSplit",
	"is of no use in a page":                                   "adler32sum all any b32dec b32enc b64dec b64enc base biggest camelcase clean dir ext hello isAbs kebabcase sha1sum sha256sum sha512sum snakecase swapcase trimall",
	"escapes for another place":                                "html js urlquery",
	"may write an address of memory, or as much as it is told": "printf println",
	"calls a value":                                            "call",
}

// Refused says why a function of sprig or of text/template is not here, and is
// empty for others.
func Refused(name string) string {
	for why, names := range refusals {
		for other := range strings.FieldsSeq(names) {
			if other == name {
				return why
			}
		}
	}
	return ""
}
