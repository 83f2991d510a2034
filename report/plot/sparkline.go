package plot

import "fmt"

// Sparkline returns the path of bars in a field of the given size, one a count, each as
// high as its share of the highest.
func Sparkline(counts []int, width, height float64) string {
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	step := width / float64(max(len(counts), 1))
	path := ""
	for i, n := range counts {
		if n > 0 {
			h := max(height*float64(n)/float64(most), 1)
			path += fmt.Sprintf("M%s %sh%sv-%sh-%sz", number(step*float64(i)), number(height),
				number(step*.85), number(h), number(step*.85))
		}
	}
	return path
}
