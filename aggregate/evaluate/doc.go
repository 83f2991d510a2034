// Package evaluate says what policy documents have to do with a denial: which
// statement denies the request, or which Allow comes nearest and what it misses.
//
// A document can be older or newer than the denial, and documents can be unknown.
// So what AWS's message says is never contradicted: the cause of the denial chooses
// the documents that are looked at, and a disagreement is reported as one.
//
// What it does not know, because no record shows it:
//
//   - Keys about the organization and tags: aws:PrincipalOrgID, aws:PrincipalOrgPaths,
//     aws:PrincipalTag, aws:ResourceTag, s3:ExistingObjectTag, and also aws:SourceVpc.
//   - Canonical user ids in a Principal element: records have account ids.
//   - The path of a role if the record has only the ARN of the session.
//   - What NotPrincipal does if it lists a user or role without its account, and NotResource
//     or a negated condition with a policy variable that has no value: AWS does not document
//     all.
//   - ACLs, which are not evaluated, and RestrictPublicBuckets of S3 Block Public
//     Access, which denies with the message of an explicit Deny in a bucket policy.
//   - Policies that were not read. The kinds that are missing are named.
//
// The package is pure. The order of its steps:
//
//  1. policy.go and request.go have the policies and the request, and denial.go what
//     a record tells about a request that was denied.
//  2. tally.go counts, for each kind of policy, what its statements say about the
//     request, and decide.go combines the kinds as AWS does.
//  3. say.go puts into words why a statement denies or does not allow, and
//     nearest.go finds the Allow that comes nearest. lost.go finds an Allow that an
//     earlier document had.
//  4. explain.go puts the message and the documents together.
package evaluate
