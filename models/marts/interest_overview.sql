{#- Grain: one row per topic that someone chose or bought. -#}
with

profiles as (

    select
        profile_id,
        interests,
        categories,
        total_spend
    from {{ ref('profiles') }}

),

newsletter as (

    select profile_id
    from {{ ref('newsletter') }}

),

chosen as (

    select
        profile_id,
        {{ each_item('interests') }} as topic,
        true as is_interested,
        false as has_bought
    from profiles

),

bought as (

    select
        profile_id,
        {{ each_item('categories') }} as topic,
        false as is_interested,
        true as has_bought
    from profiles

),

profile_topics as (

    select
        topics.topic,
        topics.profile_id,
        bool_or(topics.is_interested) as is_interested,
        bool_or(topics.has_bought) as has_bought
    from (
        select * from chosen
        union all
        select * from bought
    ) as topics
    group by topics.topic, topics.profile_id

),

final as (

    select
        ---------- strings
        profile_topics.topic,

        ---------- numerics
        count(*) filter (where profile_topics.is_interested)
            as count_interested,
        count(*) filter (where profile_topics.has_bought) as count_buyers,
        count(*) filter (
            where profile_topics.is_interested and profile_topics.has_bought
        ) as count_both,
        count(newsletter.profile_id) filter (
            where profile_topics.is_interested
        ) as count_newsletter
    from profile_topics
    left join newsletter
        on profile_topics.profile_id = newsletter.profile_id
    group by profile_topics.topic

)

select * from final
