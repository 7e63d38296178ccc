namespace Relief.Flow.Workflows.Runtime;

/// <summary>Where notices of one channel are posted.</summary>
/// <param name="Secret">What they are signed with (<see cref="NoticeSignature"/>).</param>
public sealed record NoticeAddress(Uri Url, string Secret);
