namespace Relief.Flow.Activities.Settlement;

/// <summary>What the bank is to pay, as the finance office hands it over: whom, to which account, how much and for what (P10 step 6, P11 step 7). No identity number stands in it.</summary>
/// <param name="Key">The payment's key, which the bank takes once: <c>pay:{batchId}</c>.</param>
/// <param name="Subject">The chain of the audit trail that keeps the export.</param>
/// <param name="Payments">One line a payee.</param>
public sealed record PaymentFile(string Key, string Subject, IReadOnlyList<PaymentLine> Payments)
{
    /// <summary>Yuan: the approved sum.</summary>
    public decimal Total => Payments.Sum(payment => payment.Amount);
}

/// <summary>A payment.</summary>
/// <param name="Payee">The name of the account's holder.</param>
/// <param name="Account">The account.</param>
/// <param name="Amount">Yuan.</param>
/// <param name="Purpose">What it is for, in words for the statement of the account.</param>
/// <param name="Funds">The funds that carry it, such as <c>F4 1080.00</c>.</param>
public sealed record PaymentLine(string Payee, string Account, decimal Amount, string Purpose, string Funds);

/// <summary>What came of asking for a payment file.</summary>
public abstract record PaymentFileResult
{
    private PaymentFileResult()
    {
    }

    /// <summary>Here it is.</summary>
    public sealed record Made(PaymentFile File) : PaymentFileResult;

    /// <summary>There is nothing of the kind.</summary>
    public sealed record Unknown : PaymentFileResult;

    /// <summary>Not now: <c>NotApproved</c>, <c>NothingToPay</c>, <c>NoAccount</c>, or <c>SamePerson</c> for who verified, approved or reviewed it.</summary>
    public sealed record Refused(string Reason, string? State = null) : PaymentFileResult;
}
