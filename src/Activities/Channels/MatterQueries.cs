using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Calls;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Requests;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Activities.Tickets;

namespace Relief.Flow.Activities.Channels;

/// <summary>Reads how the matters of channels stand, as far as their users may know.</summary>
public sealed class MatterQueries(ReliefDbContext context)
{
    private static readonly CaseStatus[] BeforeDecision = [CaseStatus.Accepted, CaseStatus.Registered, CaseStatus.Surveying, CaseStatus.InReview];

    /// <summary>How a matter stands.</summary>
    public async Task<MatterStatus> Of(ChannelMatter matter, bool isEnglish, CancellationToken cancellationToken)
    {
        var status = matter.Kind switch
        {
            MatterKind.Application => await OfApplication(matter, cancellationToken),
            MatterKind.Request => await OfRequest(matter, cancellationToken),
            MatterKind.Call => await OfCall(matter, cancellationToken),
            _ => await OfTicket(matter, cancellationToken)
        };
        return status with { Words = PlainWords.Of(status.State, isEnglish) };
    }

    /// <summary>Whether who asks for a matter hears of none: they may be the guardian who is alleged to have abused the person that it is about (E10).</summary>
    public async Task<bool> IsHidden(ChannelMatter matter, CancellationToken cancellationToken) =>
        matter.Kind == MatterKind.Application && await (from application in context.Set<Application>()
                                                        join person in context.Set<Person>() on application.PersonId equals person.Id
                                                        where application.Id == matter.RecordId
                                                        select person).FirstOrDefaultAsync(cancellationToken) is { } about && GuardianRule.NotTold(about) is not null;

    private async Task<MatterStatus> OfApplication(ChannelMatter matter, CancellationToken cancellationToken)
    {
        var application = await context.Set<Application>().SingleAsync(row => row.Id == matter.RecordId, cancellationToken);
        // Two applications at once may have opened a case each; the person is shown the one that it belongs to.
        var caseId = application.CaseId ?? await context.Set<Case>().Where(row => row.ApplicationId == application.Id).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        var found = caseId is null ? null : await context.Set<Case>().FirstOrDefaultAsync(row => row.Id == caseId, cancellationToken);
        var waits = application is { Status: ApplicationStatus.SupplementRequested, MissingPapers.Length: > 0 };
        var hasEnded = application.Status is ApplicationStatus.NotAccepted or ApplicationStatus.Withdrawn;
        var state = waits || hasEnded || found is null ? application.Status.ToString() : found.Status.ToString();
        return new MatterStatus(matter.Number, application.Number, found?.Number, state, "", waits ? application.MissingPapers : [],
            await Next(application, found, state, cancellationToken))
        {
            Ended = hasEnded || found?.Status is CaseStatus.Closed
        };
    }

    private async Task<DateOnly?> Next(Application application, Case? found, string state, CancellationToken cancellationToken)
    {
        var deadlines = new Deadlines(context);
        if (found is null)
            return null;
        if (state == nameof(ApplicationStatus.SupplementRequested) && application.SupplementNotifiedAt is { } asked)
            return ChinaTime.DayOf((await deadlines.Of("intake.supplementWindow", found.AreaCode, asked, cancellationToken)).Due);
        if (found.Status == CaseStatus.Surveying
            && await context.Set<SurveyRecord>().Where(row => row.CaseId == found.Id && row.Status == SurveyStatus.Assigned).Select(row => row.AppointmentAt).FirstOrDefaultAsync(cancellationToken) is { } appointment)
            return ChinaTime.DayOf(appointment);
        return BeforeDecision.Contains(found.Status) && found.AcceptedAt is { } accepted
            ? ChinaTime.DayOf((await deadlines.Of("decision.total", found.AreaCode, accepted, cancellationToken)).Due)
            : null;
    }

    private async Task<MatterStatus> OfRequest(ChannelMatter matter, CancellationToken cancellationToken)
    {
        var request = await context.Set<HelpRequest>().SingleAsync(row => row.Id == matter.RecordId, cancellationToken);
        var isOpen = request.Status == RequestStatus.Open;
        return new MatterStatus(matter.Number, TicketDesk.Short(request.Id), null, request.Status.ToString(), "", [], isOpen ? ChinaTime.DayOf(request.ReceivedAt + HelpRequest.Limit) : null) { Ended = !isOpen };
    }

    private async Task<MatterStatus> OfTicket(ChannelMatter matter, CancellationToken cancellationToken)
    {
        var ticket = await context.Set<Ticket>().SingleAsync(row => row.Id == matter.RecordId, cancellationToken);
        var isOpen = ticket.Status == TicketStatus.Open;
        return new MatterStatus(matter.Number, ticket.Code ?? TicketDesk.Short(ticket.Id), null, ticket.Status.ToString(), "", [], isOpen ? ChinaTime.DayOf(ticket.DueAt) : null) { Ended = !isOpen };
    }

    private async Task<MatterStatus> OfCall(ChannelMatter matter, CancellationToken cancellationToken)
    {
        var call = await context.Set<LostCall>().SingleAsync(row => row.Id == matter.RecordId, cancellationToken);
        var isOpen = call.Status == LostCallStatus.Open;
        return new MatterStatus(matter.Number, TicketDesk.Short(call.Id), null, call.Status.ToString(), "", [], isOpen ? ChinaTime.DayOf(call.DueAt) : null) { Ended = !isOpen };
    }
}
