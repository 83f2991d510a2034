package aggregate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"trail403/aggregate/group"
)

func TestSortGroups(t *testing.T) {
	random := rand.New(rand.NewPCG(403, 9))
	for n := range 60 {
		list := make([]Group, n)
		for i := range list {
			list[i] = Group{Principal: fmt.Sprint(i), Denials: random.IntN(5)}
		}
		random.Shuffle(n, func(i, j int) { list[i], list[j] = list[j], list[i] })
		want := slices.Clone(list)
		slices.SortFunc(want, func(a, b Group) int { return group.Compare(&a, &b) })
		sortGroups(list)
		if !slices.EqualFunc(list, want, func(a, b Group) bool { return a.Principal == b.Principal }) {
			t.Fatalf("%d groups are out of order", n)
		}
	}
}
