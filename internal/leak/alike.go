package leak

import (
	"sync"
	"unicode/utf8"
)

// fillers are characters that show nothing and are no format characters by
// their category: letters of Hangul without a glyph, the Braille blank, the
// grapheme joiner.
const fillers = "\u115f\u1160\u3164\uffa0\u2800\u034f"

// lookalikes are letters and marks beside the ASCII characters that they look
// like: those of Cyrillic, Greek, Armenian and Cherokee, and the dashes, dots,
// slashes and colons, that Unicode lists as confusable with one ASCII character
// (Unicode Technical Standard #39, confusables.txt), and the letters of
// European languages beside their base letter.
var lookalikes = map[string]string{
	"A": "АΑᎪ", "B": "ВΒᏴ", "C": "СϹᏟ", "D": "Ꭰ", "E": "ЕΕᎬ", "F": "Ϝ", "G": "Ꮐ", "H": "НΗᎻ", "I": "ІΙӀ", "J": "ЈᎫ",
	"K": "КΚᏦ", "L": "Ꮮ", "M": "МΜᎷ", "N": "Ν", "O": "ОΟՕ", "P": "РΡᏢ", "S": "ЅՏᏚ", "T": "ТΤᎢ", "U": "Ս", "V": "ѴᏙ",
	"W": "ԜᎳ", "X": "ХΧ", "Y": "ҮΥУ", "Z": "ΖᏃ",
	"a": "аα", "b": "Ьᖯ", "c": "сϲ", "d": "ԁ", "e": "еҽ", "g": "ցɡ", "h": "һհ", "i": "іιı", "j": "јϳ", "k": "κк", "l": "ӏⅼ",
	"m": "м", "n": "ո", "o": "оοօσ", "p": "рρ", "q": "ԛզ", "r": "гᴦ", "s": "ѕ", "t": "т", "u": "υս", "v": "νѵ", "w": "ԝѡա",
	"x": "хχ", "y": "уүγ", "z": "ᴢ",
	"-": "‐‑‒–—―−﹣⁃˗➖", ".": "․。｡·", "/": "⁄∕╱⧸", ":": "։׃∶ː꞉", "@": "﹫", "_": "﹍﹎﹏", "'": "’‘ʼ",
	"AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ", "ss": "ß",
}

// accented are letters with a mark beside their base letter.
var accented = map[byte]string{
	'A': "ÀÁÂÃÄÅĀĂĄǍ", 'C': "ÇĆĈĊČ", 'D': "ĎĐ", 'E': "ÈÉÊËĒĔĖĘĚ", 'G': "ĜĞĠĢ", 'H': "ĤĦ", 'I': "ÌÍÎÏĨĪĬĮİ", 'J': "Ĵ", 'K': "Ķ",
	'L': "ĹĻĽĿŁ", 'N': "ÑŃŅŇ", 'O': "ÒÓÔÕÖØŌŎŐ", 'R': "ŔŖŘ", 'S': "ŚŜŞŠȘ", 'T': "ŢŤŦȚ", 'U': "ÙÚÛÜŨŪŬŮŰŲ", 'W': "Ŵ", 'Y': "ÝŶŸ", 'Z': "ŹŻŽ",
	'a': "àáâãäåāăąǎ", 'c': "çćĉċč", 'd': "ďđ", 'e': "èéêëēĕėęě", 'g': "ĝğġģ", 'h': "ĥħ", 'i': "ìíîïĩīĭį", 'j': "ĵ", 'k': "ķ",
	'l': "ĺļľŀł", 'n': "ñńņň", 'o': "òóôõöøōŏő", 'r': "ŕŗř", 's': "śŝşšș", 't': "ţťŧț", 'u': "ùúûüũūŭůűų", 'w': "ŵ", 'y': "ýÿŷ", 'z': "źżž",
}

// alike returns what each character looks like.
var alike = sync.OnceValue(func() map[rune]string {
	m := map[rune]string{}
	for like, letters := range lookalikes {
		for _, r := range letters {
			m[r] = like
		}
	}
	for like, letters := range accented {
		for _, r := range letters {
			m[r] = string(rune(like))
		}
	}
	for r := '！'; r <= '～'; r++ { // fullwidth forms, in the order of ASCII
		m[r] = string(r - '！' + '!')
	}
	for i := range rune(len(mathAlphabets)) { // Mathematical Alphanumeric Symbols: 13 alphabets of 52 letters
		for j := range rune(52) {
			m[0x1D400+i*52+j] = string(latin(j))
		}
	}
	for i := range rune(50) { // their digits: 5 times 0 to 9
		m[0x1D7CE+i] = string('0' + i%10)
	}
	for i := range rune(26) { // circled
		m[0x24B6+i], m[0x24D0+i] = string('A'+i), string('a'+i)
	}
	delete(m, utf8.RuneError)
	return m
})

// mathAlphabets has one letter for each of the alphabets from U+1D400 on: bold,
// italic, script, fraktur, double-struck, sans-serif and monospace.
const mathAlphabets = "bibsSfdFsSiIm"

func latin(i rune) rune {
	if i < 26 {
		return 'A' + i
	}
	return 'a' + i - 26
}
