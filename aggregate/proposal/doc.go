// Package proposal says what a policy that is not in force would have done to the
// requests that were made: which of the successful ones it would have refused, which of
// the denied ones it would have allowed, and for which this cannot be known.
//
// The order of its steps, each using only those before it:
//
//  1. target.go reads what the policy is to be attached to.
//  2. proposal.go has the proposed policy, and the requests that it is about.
//  3. judge.go judges one request.
//  4. trail.go collects the changes of policies, and shard.go the judgments of one worker.
//     result.go puts them together. With the policies that the trail shows, it judges again
//     what depends on them.
package proposal
