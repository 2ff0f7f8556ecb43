package leak

// Lookalikes returns the letters that are read as one ASCII character.
func Lookalikes() map[rune]string { return alike() }

// LookalikeTables returns the tables that [Lookalikes] is made of, as letters.
func LookalikeTables() (letters []rune) {
	for _, s := range lookalikes {
		letters = append(letters, []rune(s)...)
	}
	for _, s := range accented {
		letters = append(letters, []rune(s)...)
	}
	return letters
}
