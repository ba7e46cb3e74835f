create or replace temp macro normalized(value) as
    case
        when contains(value, '@')
            then translate(trim(value, ' '), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
        else trim(value, ' ')
    end
