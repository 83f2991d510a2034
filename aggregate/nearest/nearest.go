// Package nearest finds the known word that somebody probably meant.
package nearest

import "strings"

// Word returns the known word to which the unknown one is most similar: it may
// have one typing error, and one more for every four letters. It returns "" if no
// known word is as similar as that. Of equally similar words, the first one wins.
func Word(unknown string, known []string) string {
	word, least := "", 2+len(unknown)/4
	for _, k := range known {
		if n := len(k) - len(unknown); n >= 4*least || n <= -4*least {
			continue // too far, in bytes of the longest letters
		}
		if d := distance(strings.ToLower(unknown), strings.ToLower(k)); d < least && d < len(k) {
			word, least = k, d
		}
	}
	return word
}

// distance counts the typing errors between two words: letters that are missing,
// added or wrong, and neighbors that changed places.
// https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance (optimal string alignment)
func distance(from, to string) int {
	a, b := []rune(from), []rune(to)
	if n := len(a) - len(b); n > 64 || n < -64 {
		return max(len(a), len(b)) // not a typing error; hostile words may be long
	}
	var before []int // the row before last
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			wrong := 0
			if a[i] != b[j] {
				wrong = 1
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+wrong)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
